package dev.migaki.lm.training;

import java.nio.IntBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

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

  /**
   * The earlier examples whose question no later one answers: where an answer has changed, the old
   * one must not come back, and where it has not, the new data teach it anyway.
   *
   * @param earlier versions, oldest first
   * @param current the version that is trained now
   * @return what is left of each version, in their order
   */
  public static List<List<ChatExample>> unanswered(
      List<List<ChatExample>> earlier, List<ChatExample> current) {
    Set<IntBuffer> answered = new HashSet<>();
    current.forEach(example -> answered.add(question(example)));
    Deque<List<ChatExample>> left = new ArrayDeque<>();
    for (int i = earlier.size() - 1; i >= 0; i--) {
      Set<IntBuffer> later = Set.copyOf(answered);
      left.addFirst(earlier.get(i).stream().filter(e -> !later.contains(question(e))).toList());
      earlier.get(i).forEach(example -> answered.add(question(example)));
    }
    return List.copyOf(left);
  }

  /** Everything before the first token with a loss. */
  private static IntBuffer question(ChatExample example) {
    int end = 0;
    while (end < example.weights().length && example.weights()[end] == 0) {
      end++;
    }
    return IntBuffer.wrap(example.tokens(), 0, end);
  }
}
