package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;

import dev.migaki.lm.device.DeviceTensors;
import java.util.List;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.jspecify.annotations.Nullable;

/**
 * Low-rank updates of a model's matrices (LoRA, arXiv:2106.09685): {@code y = x·Wᵀ + s·(x·Aᵀ)·Bᵀ}.
 *
 * @param layers the updates, block by block
 */
public record LoraWeights(List<Layer> layers) {

  public LoraWeights {
    layers = List.copyOf(layers);
  }

  /**
   * Inverted dropout with a generator of its own: threads that share libtorch's default generator
   * would draw in an order that changes from run to run.
   *
   * @param share dropped, in {@code (0, 1)}
   * @param random the generator
   */
  public record Dropout(double share, GeneratorOptional random) {

    Tensor applied(Tensor input) {
      Tensor mask;
      try (AutoGradMode guard = new AutoGradMode(false)) {
        mask =
            DeviceTensors.placed(
                DeviceTensors.emptyHostLike(input)
                    .bernoulli_(1 - share, random)
                    .div_(new Scalar(1 - share)));
      }
      return input.mul(mask);
    }
  }

  /** The updates of one block. */
  public record Layer(Update queryKeyValue, Update output, Update gateUp, Update down) {}

  /**
   * The update of one stored matrix, which may stack several modules (query, key, value). {@code R}
   * rank, {@code P} stacked modules.
   *
   * @param down {@code [P·R, in]}: the modules' A matrices, stacked
   * @param up the modules' B matrices, each {@code [out, R]}
   * @param scale {@code s}: alpha / R
   * @param dropout what drops inputs before A while training
   */
  public record Update(Tensor down, List<Tensor> up, double scale, @Nullable Dropout dropout) {

    public Update {
      up = List.copyOf(up);
    }

    /**
     * @param projected {@code [N, out]} of the frozen matrix
     * @param input {@code [N, in]}
     */
    Tensor addTo(Tensor projected, Tensor input) {
      Tensor kept = dropout == null ? input : dropout.applied(input);
      Tensor reduced = linear(kept, down);
      if (up.size() == 1) {
        return projected.add(linear(reduced, up.get(0)), new Scalar(scale));
      }
      long rank = reduced.size(1) / up.size();
      TensorVector parts = new TensorVector();
      for (int i = 0; i < up.size(); i++) {
        parts.push_back(linear(reduced.narrow(1, i * rank, rank), up.get(i)));
      }
      return projected.add(cat(parts, 1), new Scalar(scale));
    }
  }
}
