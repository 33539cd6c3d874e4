package dev.migaki.lm.model;

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

  /** The values as they are stored, in main memory. */
  static Tensor host(StoredTensor stored) {
    Tensor values = DeviceTensors.emptyHost(type(stored.type()), stored.shape());
    stored.read(channel -> TensorBytes.readInPlace(channel, values));
    return values;
  }

  /**
   * Reads the values into a tensor, converted to its type.
   *
   * @param flat {@code [elements]}, overwritten
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
                flat.narrow(0, from, part.numel()).copy_(part);
              }
            }
          });
    }
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
