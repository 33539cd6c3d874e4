package dev.migaki.datasets.similarity;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Finds texts that are nearly the same among many, by MinHash and locality-sensitive hashing; every
 * hit is verified by its exact Jaccard similarity. Fast and nearly complete; where completeness is
 * a promise, use {@link SimilarTextGuard}.
 */
public final class NearDuplicateIndex {
  private final double threshold;
  private final List<Shingles> texts = new ArrayList<>();
  private final Map<Long, List<Integer>> buckets = new HashMap<>();

  /**
   * @param threshold least Jaccard similarity of a hit, 0 to 1
   */
  public NearDuplicateIndex(double threshold) {
    this.threshold = threshold;
  }

  /**
   * Adds a text.
   *
   * @return its number, from 0
   */
  public int add(Shingles text) {
    int number = texts.size();
    texts.add(text);
    if (text.size() > 0) {
      for (long key : MinHash.bandKeys(text)) {
        buckets.computeIfAbsent(key, k -> new ArrayList<>(1)).add(number);
      }
    }
    return number;
  }

  /** Numbers of the added texts that are nearly the same as this one, ascending. */
  public List<Integer> similarTo(Shingles text) {
    if (text.size() == 0) {
      return List.of();
    }
    TreeSet<Integer> candidates = new TreeSet<>();
    for (long key : MinHash.bandKeys(text)) {
      candidates.addAll(buckets.getOrDefault(key, List.of()));
    }
    return candidates.stream()
        .filter(number -> texts.get(number).jaccard(text) >= threshold)
        .toList();
  }
}
