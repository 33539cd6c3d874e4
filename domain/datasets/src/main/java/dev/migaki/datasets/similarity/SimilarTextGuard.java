package dev.migaki.datasets.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says for certain whether a text is a near-duplicate of any text seen before: the guard of the
 * split, where a miss of MinHash would be a leak.
 *
 * <p>Prefix filtering (Chaudhuri, Ganti, Kaushik 2006): if two sets of sizes m and n have Jaccard
 * similarity t or more, then among the first m - ceil(t m) + 1 elements of one and the first n -
 * ceil(t n) + 1 of the other, in any order common to both, at least one is shared. So only those
 * prefixes are indexed, and nothing is missed.
 */
public final class SimilarTextGuard {
  private final double threshold;
  private final List<Shingles> texts = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final Map<Long, List<Integer>> postings = new HashMap<>();

  /**
   * @param threshold least Jaccard similarity of a near-duplicate, above 0, at most 1
   */
  public SimilarTextGuard(double threshold) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be above 0 and at most 1: " + threshold);
    }
    this.threshold = threshold;
  }

  /** Remembers a text. */
  public void add(String text) {
    add(text, "");
  }

  /** Remembers a text under a label. */
  public void add(String text, String label) {
    Shingles shingles = Shingles.of(text);
    int number = texts.size();
    texts.add(shingles);
    labels.add(label);
    for (int i = 0; i < prefixLength(shingles); i++) {
      postings.computeIfAbsent(shingles.hash(i), k -> new ArrayList<>(1)).add(number);
    }
  }

  /** Whether a text seen before is nearly the same, or the same. */
  public boolean knows(String text) {
    Shingles shingles = Shingles.of(text);
    for (int i = 0; i < prefixLength(shingles); i++) {
      for (int number : postings.getOrDefault(shingles.hash(i), List.of())) {
        if (texts.get(number).jaccard(shingles) >= threshold) {
          return true;
        }
      }
    }
    return false;
  }

  /** Labels of all texts that are nearly the same, or the same. */
  public Set<String> labelsOf(String text) {
    Shingles shingles = Shingles.of(text);
    Set<String> found = new TreeSet<>();
    for (int i = 0; i < prefixLength(shingles); i++) {
      for (int number : postings.getOrDefault(shingles.hash(i), List.of())) {
        if (!found.contains(labels.get(number))
            && texts.get(number).jaccard(shingles) >= threshold) {
          found.add(labels.get(number));
        }
      }
    }
    return found;
  }

  private int prefixLength(Shingles shingles) {
    if (shingles.size() == 0) {
      return 0;
    }
    // the small constant keeps a product like 0.7 * 10 = 7.000000000000001 from rounding up
    return shingles.size() - (int) Math.ceil(threshold * shingles.size() - 1e-9) + 1;
  }
}
