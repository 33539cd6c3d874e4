package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.from_blob;

import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsReader.StoredTensor;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Mapped tensors of a file as libtorch sees them. */
final class StoredTensors {

  private StoredTensors() {}

  /**
   * A view of the file's bytes: nothing is copied. Valid as long as {@code stored} is reachable;
   * must not be written to.
   */
  static Tensor view(StoredTensor stored) {
    return from_blob(
        new Pointer(stored.data()), stored.shape(), new TensorOptions(type(stored.type())));
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
