package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationOptions;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;

/**
 * Picks the next token: the likeliest, or one sampled with temperature from the nucleus. Same seed,
 * same choices.
 */
final class TokenChoice {

  private final GenerationOptions options;
  private final Random random;

  TokenChoice(GenerationOptions options) {
    this.options = options;
    this.random = new Random(options.seed());
  }

  /**
   * @param logProbabilities {@code [V]}
   */
  int pick(float[] logProbabilities) {
    return options.temperature() == 0 ? likeliest(logProbabilities) : sampled(logProbabilities);
  }

  static int likeliest(float[] logProbabilities) {
    int best = 0;
    for (int i = 1; i < logProbabilities.length; i++) {
      if (logProbabilities[i] > logProbabilities[best]) {
        best = i;
      }
    }
    return best;
  }

  private int sampled(float[] logProbabilities) {
    double highest = logProbabilities[likeliest(logProbabilities)];
    double[] weights = new double[logProbabilities.length];
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.exp((logProbabilities[i] - highest) / options.temperature());
      total += weights[i];
    }
    Integer[] order = new Integer[weights.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -weights[i]));
    double nucleus = 0;
    int size = 0;
    while (size < order.length && (size == 0 || nucleus < options.topP() * total)) {
      nucleus += weights[order[size++]];
    }
    double target = random.nextDouble() * nucleus;
    for (int i = 0; i < size; i++) {
      target -= weights[order[i]];
      if (target < 0) {
        return order[i];
      }
    }
    return order[size - 1];
  }
}
