package dev.migaki.lm.model;

/**
 * Shape of a LoRA adapter over all linear layers of the blocks.
 *
 * @param rank {@code R}
 * @param alpha numerator of the scale {@code alpha / R}
 * @param dropout share of an update's inputs dropped while training, in {@code [0, 1)}
 * @param trainEmbeddings whether embedding and head are trained whole beside the low-rank updates
 *     (PEFT's {@code modules_to_save})
 */
public record LoraSettings(int rank, double alpha, double dropout, boolean trainEmbeddings) {

  public LoraSettings {
    if (rank < 1 || !(alpha > 0) || !(dropout >= 0) || !(dropout < 1)) {
      throw new IllegalArgumentException(
          "rank ≥ 1, alpha > 0 and dropout in [0, 1) are required: "
              + rank
              + ", "
              + alpha
              + ", "
              + dropout);
    }
  }

  /** What a low-rank update is multiplied with. */
  public double scale() {
    return alpha / rank;
  }
}
