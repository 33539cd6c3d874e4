package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * A share of earlier versions' examples that is trained again with the new ones, against forgetting
 * (rehearsal; T0 kept nearly everything with 1 %, arXiv:2205.12393).
 */
public final class Replay {

  private Replay() {}

  /**
   * A stratified sample: the examples in the order of their length, every so many-th taken, so that
   * short and long conversations keep their proportion. Same examples, share and seed, same sample.
   *
   * @param earlier one version's examples
   * @param share in {@code [0, 1]}; at least one example unless it is 0
   * @param seed moves where the sampling starts
   */
  public static List<ChatExample> sample(List<ChatExample> earlier, double share, long seed) {
    if (!(share > 0) || earlier.isEmpty()) {
      return List.of();
    }
    List<ChatExample> ordered = new ArrayList<>(earlier);
    ordered.sort(
        Comparator.comparingInt(ChatExample::inputLength).thenComparingInt(ChatExample::line));
    int wanted = (int) Math.min(earlier.size(), Math.max(1, Math.round(earlier.size() * share)));
    double stride = (double) ordered.size() / wanted;
    double offset = new Random(seed).nextDouble() * stride;
    List<ChatExample> sample = new ArrayList<>();
    for (int i = 0; i < wanted; i++) {
      sample.add(ordered.get((int) Math.min(ordered.size() - 1, offset + i * stride)));
    }
    return sample;
  }
}
