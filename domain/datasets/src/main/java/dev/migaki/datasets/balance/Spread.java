package dev.migaki.datasets.balance;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How examples are spread over categories.
 *
 * @param counts category to examples, most frequent first, ties by name
 * @param entropyBits Shannon entropy of the shares in bits, 0 when all are in one category
 * @param evenness entropy over its largest possible value, 0 to 1; 1 for a single category
 */
public record Spread(Map<String, Integer> counts, double entropyBits, double evenness) {

  /** A category and how many examples it has. */
  public record Share(String name, int count, double share) {}

  public Spread {
    counts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(counts));
  }

  /** The spread of some counts. */
  public static Spread of(Map<String, Integer> counts) {
    Map<String, Integer> ordered = new LinkedHashMap<>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(entry -> ordered.put(entry.getKey(), entry.getValue()));
    long total = total(ordered);
    double bits = 0;
    for (int count : ordered.values()) {
      double share = (double) count / total;
      bits -= count == 0 ? 0 : share * log2(share);
    }
    double most = log2(Math.max(1, ordered.size()));
    return new Spread(ordered, rounded(bits), most == 0 ? 1 : rounded(bits / most));
  }

  /** All examples. */
  public long total() {
    return total(counts);
  }

  /** The most frequent categories. */
  public List<Share> largest(int most) {
    long total = total();
    return counts.entrySet().stream()
        .limit(most)
        .map(e -> new Share(e.getKey(), e.getValue(), rounded((double) e.getValue() / total)))
        .toList();
  }

  private static long total(Map<String, Integer> counts) {
    return counts.values().stream().mapToLong(Integer::longValue).sum();
  }

  /** StrictMath: the report is hashed, so its digits must not depend on the processor. */
  private static double log2(double value) {
    return StrictMath.log(value) / StrictMath.log(2);
  }

  static double rounded(double value) {
    return Math.rint(value * 10_000) / 10_000;
  }
}
