package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.migaki.lm.model.ParameterBlock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Elastic weight consolidation (Kirkpatrick 2017, arXiv:1612.00796): {@code λ/2 · Σ Fᵢ·(θᵢ −
 * θ*ᵢ)²}, a spring that pulls each weight back to where it was, as strongly as the earlier examples
 * need it.
 *
 * <p>{@code F} is the diagonal of the empirical Fisher information, the mean squared gradient of
 * single examples' likelihood. It is normalised to a mean of one in every group (a block's A
 * matrices, its B matrices, its other weights; embedding and head; norms): gradients of groups
 * differ by orders of magnitude, and one common scale would leave the small ones unprotected.
 */
final class ElasticWeights implements AutoCloseable {

  private final Tensor anchor;
  private final Tensor importance;
  private final double strength;

  private ElasticWeights(Tensor anchor, Tensor importance, double strength) {
    this.anchor = anchor;
    this.importance = importance;
    this.strength = strength;
  }

  /**
   * Anchors the parameters where they are now.
   *
   * @param squares summed squared gradients, flat, one tensor per thread; added up in their order
   * @param strength {@code λ}
   */
  static ElasticWeights anchored(ParameterBlock parameters, List<Tensor> squares, double strength) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      Tensor anchor = parameters.values().detach().clone();
      Tensor importance = zeros_like(parameters.values());
      squares.forEach(importance::add_);
      normaliseInPlace(parameters, importance);
      anchor.retainReference();
      importance.retainReference();
      return new ElasticWeights(anchor, importance, strength);
    }
  }

  private static void normaliseInPlace(ParameterBlock parameters, Tensor importance) {
    Map<String, Double> sums = new LinkedHashMap<>();
    Map<String, Long> counts = new LinkedHashMap<>();
    for (ParameterBlock.Slice slice : parameters.slices().values()) {
      double sum = importance.narrow(0, slice.offset(), slice.size()).sum().item_double();
      sums.merge(group(slice), sum, Double::sum);
      counts.merge(group(slice), slice.size(), Long::sum);
    }
    for (ParameterBlock.Slice slice : parameters.slices().values()) {
      double sum = sums.getOrDefault(group(slice), 0.0);
      long count = counts.getOrDefault(group(slice), 1L);
      if (sum > 0) {
        importance.narrow(0, slice.offset(), slice.size()).mul_(new Scalar((double) count / sum));
      }
    }
  }

  private static String group(ParameterBlock.Slice slice) {
    String name = slice.name();
    if (slice.shape().length == 1) {
      return "norms";
    }
    int layer = name.indexOf(".layers.");
    if (layer < 0) {
      return name;
    }
    String number = name.substring(layer, name.indexOf('.', layer + ".layers.".length()));
    String matrix = name.contains("lora_A") ? "A" : name.contains("lora_B") ? "B" : "W";
    return number + matrix;
  }

  /**
   * Adds {@code λ·F·(θ − θ*)} for the elements {@code start … start+length-1}.
   *
   * @param gradient those elements' gradients
   * @param values those elements' values
   */
  void addGradientInPlace(Tensor gradient, Tensor values, long start, long length) {
    gradient.addcmul_(
        importance.narrow(0, start, length),
        values.sub(anchor.narrow(0, start, length)),
        new Scalar(strength));
  }

  @Override
  public void close() {
    anchor.close();
    importance.close();
  }
}
