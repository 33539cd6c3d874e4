package dev.migaki.lm.generation;

import java.util.Arrays;

/** Tokens that may be drawn, with weights relative to the likeliest one's, which is 1. */
final class Candidates {

  private final int[] tokens;
  private final double[] weights;
  private final int size;

  private Candidates(int[] tokens, double[] weights, int size) {
    this.tokens = tokens;
    this.weights = weights;
    this.size = size;
  }

  /**
   * @param scores {@code [V]}; negative infinity for impossible tokens
   * @param temperature positive
   * @param negligible distance to the best score, divided by the temperature, below which a token
   *     is left out
   */
  static Candidates of(float[] scores, double temperature, double negligible) {
    float highest = scores[TokenChoice.likeliest(scores)];
    double lowest = highest + negligible * temperature;
    int[] tokens = new int[scores.length];
    double[] weights = new double[scores.length];
    int size = 0;
    for (int token = 0; token < scores.length; token++) {
      if (scores[token] >= lowest) {
        tokens[size] = token;
        weights[size++] = Math.exp((scores[token] - highest) / temperature);
      }
    }
    return new Candidates(tokens, weights, size);
  }

  int size() {
    return size;
  }

  /**
   * The best ones, in falling order.
   *
   * @param topK how many; 0 for all
   * @param topP then the fewest of these whose share reaches it
   */
  Candidates best(int topK, double topP) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    // whoever is above a threshold is a beginning of the falling order: only these are sorted
    double threshold = 1.0 / 8;
    Candidates sorted = above(threshold);
    while (sorted.size < size && !sorted.suffices(topK, topP * total)) {
      threshold /= 16;
      sorted = above(threshold);
    }
    int kept = topK > 0 ? Math.min(topK, sorted.size) : sorted.size;
    if (topP < 1) {
      if (topK > 0) {
        total = 0;
        for (int i = 0; i < kept; i++) {
          total += sorted.weights[i];
        }
      }
      double sum = 0;
      int needed = 0;
      while (needed < kept && (needed == 0 || sum < topP * total)) {
        sum += sorted.weights[needed++];
      }
      kept = needed;
    }
    return new Candidates(sorted.tokens, sorted.weights, kept);
  }

  private boolean suffices(int topK, double mass) {
    if (topK > 0) {
      return size >= topK;
    }
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += weights[i];
    }
    return sum >= mass;
  }

  /** Those with at least a weight, in falling order; equal ones by their token. */
  private Candidates above(double threshold) {
    long[] keys = new long[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (weights[i] >= threshold) {
        // positive floats order like their bits; the complement sorts them falling
        keys[count++] = ((long) ~Float.floatToIntBits((float) weights[i]) << 32) | i;
      }
    }
    Arrays.sort(keys, 0, count);
    int[] chosen = new int[count];
    double[] chosenWeights = new double[count];
    for (int i = 0; i < count; i++) {
      int from = (int) keys[i];
      chosen[i] = tokens[from];
      chosenWeights[i] = weights[from];
    }
    return new Candidates(chosen, chosenWeights, count);
  }

  /** Those with at least a share of the likeliest one's weight. */
  Candidates atLeast(double share) {
    int[] kept = new int[size];
    double[] keptWeights = new double[size];
    int count = 0;
    for (int i = 0; i < size; i++) {
      if (weights[i] >= share) {
        kept[count] = tokens[i];
        keptWeights[count++] = weights[i];
      }
    }
    return new Candidates(kept, keptWeights, count);
  }

  /**
   * @param chance in {@code [0, 1)}
   */
  int draw(double chance) {
    double total = 0;
    for (int i = 0; i < size; i++) {
      total += weights[i];
    }
    double target = chance * total;
    for (int i = 0; i < size; i++) {
      target -= weights[i];
      if (target < 0) {
        return tokens[i];
      }
    }
    return tokens[size - 1];
  }
}
