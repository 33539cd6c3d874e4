package dev.migaki.datasets.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long things are.
 *
 * @param bins a histogram whose bounds double: 1-15, 16-31, 32-63, …
 */
public record Lengths(
    int minimum, int median, int percentile95, int maximum, double mean, List<Bin> bins) {
  private static final int FIRST_BOUND = 16;

  public Lengths {
    bins = List.copyOf(bins);
  }

  /**
   * A bar of the histogram.
   *
   * @param from smallest length in it
   * @param to largest length in it
   */
  public record Bin(int from, int to, int count) {}

  /** The distribution of some lengths; all zero for none. */
  public static Lengths of(int[] lengths) {
    if (lengths.length == 0) {
      return new Lengths(0, 0, 0, 0, 0, List.of());
    }
    int[] sorted = lengths.clone();
    Arrays.sort(sorted);
    long sum = 0;
    for (int length : sorted) {
      sum += length;
    }
    int last = sorted.length - 1;
    return new Lengths(
        sorted[0],
        sorted[last / 2],
        sorted[(int) (last * 0.95)],
        sorted[last],
        Spread.rounded((double) sum / sorted.length),
        bins(sorted));
  }

  private static List<Bin> bins(int[] sorted) {
    List<Bin> bins = new ArrayList<>();
    int from = 0;
    int bound = FIRST_BOUND;
    int next = 0;
    while (next < sorted.length) {
      int count = 0;
      while (next < sorted.length && sorted[next] < bound) {
        count++;
        next++;
      }
      bins.add(new Bin(from, bound - 1, count));
      from = bound;
      bound *= 2;
    }
    return bins;
  }
}
