package dev.migaki.lm.training;

import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Element type of matrix products. Parameters, moments, norms and the loss are always in full
 * precision.
 */
public enum Precision {
  FP32(ScalarType.Float),
  BF16(ScalarType.BFloat16),
  /** For gradient checks: everything in double precision. */
  FP64(ScalarType.Double);

  private final ScalarType type;

  Precision(ScalarType type) {
    this.type = type;
  }

  /** The libtorch type. */
  public ScalarType type() {
    return type;
  }

  /** Element type of parameters and loss. */
  public ScalarType parameterType() {
    return this == FP64 ? ScalarType.Double : ScalarType.Float;
  }
}
