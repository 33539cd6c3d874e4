package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.isfinite;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.device.TensorBytes;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Tensors of a file as libtorch sees them. */
final class StoredTensors {

  /** Values that are in memory twice while a tensor is read. */
  private static final long PIECE = 1L << 20;

  private StoredTensors() {}

  /**
   * The values as they are stored, in main memory.
   *
   * @throws InvalidModelException when one is infinite or not a number
   */
  static Tensor host(StoredTensor stored) {
    Tensor values = DeviceTensors.emptyHost(type(stored.type()), stored.shape());
    stored.read(channel -> TensorBytes.readInPlace(channel, values));
    requireFinite(values, stored);
    return values;
  }

  /**
   * Reads the values into a tensor, converted to its type.
   *
   * @param flat {@code [elements]}, overwritten
   * @throws InvalidModelException when a value is infinite, not a number, or too large for the
   *     tensor's type
   */
  static void readInPlace(Tensor flat, StoredTensor stored) {
    long elements = stored.elements();
    try (PointerScope scope = new PointerScope()) {
      Tensor piece = DeviceTensors.emptyHost(type(stored.type()), Math.min(PIECE, elements));
      stored.read(
          channel -> {
            for (long from = 0; from < elements; from += PIECE) {
              try (PointerScope inner = new PointerScope()) {
                Tensor part = piece.narrow(0, 0, Math.min(PIECE, elements - from));
                TensorBytes.readInPlace(channel, part);
                Tensor target = flat.narrow(0, from, part.numel());
                target.copy_(part);
                // while the piece is in the processor's cache
                requireFinite(target, stored);
              }
            }
          });
    }
  }

  /** A finite sum has finite terms; only one that is not makes a second look necessary. */
  private static void requireFinite(Tensor values, StoredTensor stored) {
    try (PointerScope scope = new PointerScope()) {
      boolean finite =
          Double.isFinite(values.sum().item_double()) || isfinite(values).all().item_bool();
      if (!finite) {
        throw notFinite(stored);
      }
    }
  }

  static InvalidModelException notFinite(StoredTensor stored) {
    return new InvalidModelException(
        stored.file()
            + ": tensor '"
            + stored.name()
            + "' has a value that is infinite or not a number; its training diverged or the file is damaged");
  }

  private static ScalarType type(ElementType type) {
    return switch (type) {
      case F64 -> ScalarType.Double;
      case F32 -> ScalarType.Float;
      case F16 -> ScalarType.Half;
      case BF16 -> ScalarType.BFloat16;
    };
  }
}
