package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.linear;

import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Low-rank updates of a model's matrices (LoRA, arXiv:2106.09685): {@code y = x·Wᵀ + s·(x·Aᵀ)·Bᵀ}.
 *
 * @param layers the updates, block by block
 */
public record LoraWeights(List<Layer> layers) {

  public LoraWeights {
    layers = List.copyOf(layers);
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
   * @param dropout share of inputs dropped before A while training, 0 for none
   */
  public record Update(Tensor down, List<Tensor> up, double scale, double dropout) {

    public Update {
      up = List.copyOf(up);
    }

    /**
     * @param projected {@code [N, out]} of the frozen matrix
     * @param input {@code [N, in]}
     */
    Tensor addTo(Tensor projected, Tensor input) {
      Tensor kept = dropout > 0 ? torch.dropout(input, dropout, true) : input;
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
