package dev.migaki.metrics;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A mean with its 95 % percentile-bootstrap interval (Efron 1979): the examples are drawn again
 * with replacement, the means of the draws sorted, and the 2.5 % at each end cut off.
 *
 * @param mean mean of the sample, 0 for an empty one
 * @param low lower end of the interval
 * @param high upper end of the interval
 */
public record Interval(double mean, double low, double high) {
  private static final int DRAWS = 1000;

  /** The interval of these scores; the same scores and seed give the same interval. */
  public static Interval of(double[] scores, long seed) {
    if (scores.length == 0) {
      return new Interval(0, 0, 0);
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[] means = new double[DRAWS];
    for (int draw = 0; draw < DRAWS; draw++) {
      double sum = 0;
      for (int i = 0; i < scores.length; i++) {
        sum += scores[random.nextInt(scores.length)];
      }
      means[draw] = sum / scores.length;
    }
    Arrays.sort(means);
    double mean = Arrays.stream(scores).average().orElse(0);
    return new Interval(mean, means[(int) (0.025 * DRAWS)], means[(int) (0.975 * DRAWS) - 1]);
  }

  /** Whether the whole of this interval lies above the whole of the other one. */
  public boolean isAbove(Interval other) {
    return low > other.high;
  }
}
