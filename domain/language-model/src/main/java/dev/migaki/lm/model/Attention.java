package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.baddbmm;
import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.triu;

import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.device.DeviceTensors;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Grouped-query scaled dot-product attention: {@code softmax(q·kᵀ/√d + mask)·v} (arXiv:1706.03762,
 * arXiv:2305.13245).
 *
 * <p>{@code B} batch, {@code T} tokens, {@code H} query heads, {@code K} key/value heads, {@code d}
 * head size.
 */
@FunctionalInterface
public interface Attention {

  /**
   * @param layer index of the block, for implementations that cache keys and values
   * @param queries {@code [B, T, H, d]}
   * @param keys {@code [B, T, K, d]}
   * @param values {@code [B, T, K, d]}
   * @return {@code [B, T, H·d]}
   */
  Tensor attend(int layer, Tensor queries, Tensor keys, Tensor values);

  /** Causal attention by libtorch's fused kernel: the fastest in full precision. */
  static Attention fusedCausal() {
    return (layer, queries, keys, values) -> {
      Tensor attended =
          scaled_dot_product_attention(
              queries.transpose(1, 2),
              keys.transpose(1, 2),
              values.transpose(1, 2),
              new TensorOptional(),
              0.0,
              true,
              new DoubleOptional(),
              queries.size(2) != keys.size(2));
      return attended
          .transpose(1, 2)
          .reshape(queries.size(0), queries.size(1), queries.size(2) * queries.size(3));
    };
  }

  /** Whether {@link #fusedCausal} is the faster of the two for an element type. */
  static boolean fusedIsFaster(ScalarType type) {
    return type != ScalarType.BFloat16 || ComputeDevice.current() == ComputeDevice.CUDA;
  }

  /**
   * Causal attention by batched products. In bfloat16 the fused kernel falls back to scalar code on
   * CPUs (20 times slower, measured); these products use the matrix units. All query heads of one
   * key head are stacked, so keys are never repeated.
   *
   * @param length {@code T} of every call
   * @param groups {@code H / K}
   */
  static Attention batchedCausal(int length, int groups, ScalarType type) {
    // a large finite value instead of -infinity: bfloat16 sums stay free of NaN
    Tensor mask =
        triu(DeviceTensors.filled(-1e30, length, length), 1)
            .to(type)
            .repeat(groups, 1)
            .unsqueeze(0);
    // the mask outlives the step in whose scope it is made
    mask.retainReference();
    return (layer, queries, keys, values) -> {
      long batch = queries.size(0);
      long keyHeads = keys.size(2);
      long size = queries.size(3);
      Tensor stackedQueries =
          queries.transpose(1, 2).reshape(batch * keyHeads, (long) groups * length, size);
      Tensor stackedKeys = keys.transpose(1, 2).reshape(batch * keyHeads, length, size);
      Tensor stackedValues = values.transpose(1, 2).reshape(batch * keyHeads, length, size);
      Tensor scores =
          baddbmm(
              mask,
              stackedQueries,
              stackedKeys.transpose(1, 2),
              new Scalar(1.0),
              new Scalar(1.0 / Math.sqrt(size)));
      Tensor attended = bmm(softmax(scores, -1), stackedValues);
      return attended
          .view(batch, keyHeads * groups, length, size)
          .transpose(1, 2)
          .reshape(batch, length, keyHeads * groups * size);
    };
  }
}
