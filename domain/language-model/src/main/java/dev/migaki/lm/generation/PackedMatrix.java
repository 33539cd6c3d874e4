package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.fbgemm_linear_fp16_weight_fp32_activation;
import static org.bytedeco.pytorch.global.torch.fbgemm_pack_gemm_matrix_fp16;
import static org.bytedeco.pytorch.global.torch.mm_out;

import dev.migaki.lm.device.ComputeDevice;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A weight matrix in the layout of FBGEMM's kernel for few rows: half-precision weights, inputs and
 * sums in full precision. For 1 to 16 rows it is 5 to 10 times faster than the BLAS product, which
 * repacks the whole matrix on every call (measured, see {@code benchmarks/serving}).
 *
 * <p><b>Nothing is lost.</b> Published checkpoints are bfloat16 or half precision, and these values
 * are halves, at least after a multiplication by a power of two: small bfloat16 values would lie
 * where halves are coarse. A full-precision matrix is split into the nearest halves and 2¹¹ times
 * the rest: two products then carry 22 bits of each weight. Which one it is is decided by the
 * values themselves.
 */
final class PackedMatrix implements AutoCloseable {

  private static final double REST_SCALE = 2048;
  private static final double NEGLIGIBLE = 0x1p-23;
  private static final double LARGEST_HALF = 65_504;

  /** Of a power of two well below the largest half. */
  private static final int LARGEST_EXPONENT = 14;

  private static final TensorOptional NO_BIAS = kept(new TensorOptional());

  private final @Nullable Tensor halves;
  private final @Nullable Tensor rest;
  private final Tensor transposed;
  private final @Nullable Scalar outputScale;
  private final Scalar restScale;

  private PackedMatrix(
      @Nullable Tensor halves, @Nullable Tensor rest, Tensor transposed, double scale) {
    this.halves = halves;
    this.rest = rest;
    this.transposed = transposed;
    this.outputScale = scale == 1 ? null : kept(new Scalar(1 / scale));
    this.restScale = kept(new Scalar(1 / REST_SCALE));
  }

  /**
   * @param weight {@code [out, in]} in full precision
   */
  static PackedMatrix of(Tensor weight) {
    Tensor transposed = kept(weight.t());
    if (ComputeDevice.current() != ComputeDevice.CPU) {
      return new PackedMatrix(null, null, transposed, 1);
    }
    try (PointerScope scope = new PointerScope()) {
      double largest = weight.abs().max().item_double();
      if (!(largest < LARGEST_HALF)) {
        return new PackedMatrix(null, null, transposed, 1);
      }
      try {
        return packed(weight, transposed, largest);
      } catch (RuntimeException e) {
        // the kernel needs AVX2; other processors take the BLAS product
        return new PackedMatrix(null, null, transposed, 1);
      }
    }
  }

  private static PackedMatrix packed(Tensor weight, Tensor transposed, double largest) {
    Tensor nearest = halves(weight);
    if (isNegligible(weight.sub(nearest), largest)) {
      return new PackedMatrix(pack(nearest), null, transposed, 1);
    }
    double scale = largest == 0 ? 1 : Math.scalb(1.0, LARGEST_EXPONENT - Math.getExponent(largest));
    Tensor scaled = weight.mul(new Scalar(scale));
    Tensor nearestScaled = halves(scaled);
    if (isNegligible(scaled.sub(nearestScaled), largest * scale)) {
      return new PackedMatrix(pack(nearestScaled), null, transposed, scale);
    }
    Tensor rest = weight.sub(nearest).mul(new Scalar(REST_SCALE));
    return new PackedMatrix(pack(nearest), pack(rest), transposed, 1);
  }

  private static Tensor halves(Tensor weight) {
    return weight.to(ScalarType.Half).to(ScalarType.Float);
  }

  private static boolean isNegligible(Tensor remainder, double largest) {
    return remainder.abs().max().item_double() <= largest * NEGLIGIBLE;
  }

  private static Tensor pack(Tensor halves) {
    return kept(fbgemm_pack_gemm_matrix_fp16(halves));
  }

  /** Whether one product suffices. */
  boolean isSingle() {
    return rest == null;
  }

  /** Made in a scope that ends before it is used. */
  private static <P extends Pointer> P kept(P pointer) {
    pointer.retainReference();
    return pointer;
  }

  /**
   * @param output {@code [N, out]}, contiguous, overwritten with {@code input·weightᵀ}
   * @param input {@code [N, in]}
   */
  void multiply(Tensor output, Tensor input) {
    if (halves == null) {
      mm_out(output, input, transposed);
      return;
    }
    fbgemm_linear_fp16_weight_fp32_activation(input, halves, NO_BIAS, output);
    if (rest != null) {
      output.add_(fbgemm_linear_fp16_weight_fp32_activation(input, rest, NO_BIAS), restScale);
    }
    if (outputScale != null) {
      output.mul_(outputScale);
    }
  }

  @Override
  public void close() {
    transposed.close();
    if (halves != null) {
      halves.close();
    }
    if (rest != null) {
      rest.close();
    }
  }
}
