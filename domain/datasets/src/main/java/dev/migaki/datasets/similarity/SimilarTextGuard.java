package dev.migaki.datasets.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;

/**
 * Says for certain whether a text is a near-duplicate of any text seen before: the guard of the
 * split, where a miss of MinHash would be a leak.
 *
 * <p>Prefix filtering (Chaudhuri, Ganti, Kaushik 2006): if two sets of sizes m and n have Jaccard
 * similarity t or more, then among the first m - ceil(t m) + 1 elements of one and the first n -
 * ceil(t n) + 1 of the other, in any order common to both, at least one is shared. So only those
 * prefixes are indexed, and nothing is missed.
 *
 * <p>The order is: rare shingles first. Questions share their forms ("Could you tell me …"), and a
 * prefix of such shingles would make every question a candidate for every other. How rare a shingle
 * is is counted anew, and the prefixes with it, whenever the texts have doubled. Used by one
 * thread.
 */
public final class SimilarTextGuard {
  private static final int FIRST_ORDER = 1000;
  private static final int COUNTERS = 1 << 20;
  private static final int MOST_FREQUENT = (1 << 15) - 1;

  private final double threshold;
  private final List<Shingles> texts = new ArrayList<>();
  private final List<String> labels = new ArrayList<>();
  private final Postings postings = new Postings();

  /** How often shingles occur among the texts of the last count, by the low bits of their hash. */
  private int[] frequencies = {0};

  private int nextOrder = FIRST_ORDER;

  /** Text to the last question for which it was looked at. */
  private int[] lookedAt = new int[16];

  private int questions;

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
    int number = texts.size();
    texts.add(Shingles.of(text));
    labels.add(label);
    if (number == lookedAt.length) {
      lookedAt = Arrays.copyOf(lookedAt, 2 * number);
    }
    if (texts.size() == nextOrder) {
      orderAnew();
    } else {
      index(number);
    }
  }

  /** Whether a text seen before is nearly the same, or the same. */
  public boolean knows(String text) {
    return anySimilar(Shingles.of(text), number -> true);
  }

  /** Labels of all texts that are nearly the same, or the same. */
  public Set<String> labelsOf(String text) {
    Set<String> found = new TreeSet<>();
    anySimilar(
        Shingles.of(text),
        number -> {
          found.add(labels.get(number));
          return false;
        });
    return found;
  }

  /** Offers the near-duplicates of a text, each once, until one is accepted. */
  private boolean anySimilar(Shingles asked, IntPredicate accept) {
    questions++;
    for (long key : prefix(asked)) {
      for (int entry = postings.first(key); entry != Postings.NONE; entry = postings.next(entry)) {
        int number = postings.text(entry);
        if (lookedAt[number] != questions) {
          lookedAt[number] = questions;
          if (isSimilar(texts.get(number), asked) && accept.test(number)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  private boolean isSimilar(Shingles known, Shingles asked) {
    // similarity is at most the smaller size over the larger
    int smaller = Math.min(known.size(), asked.size());
    int larger = Math.max(known.size(), asked.size());
    return smaller >= threshold * larger - 1e-9 && known.jaccard(asked) >= threshold;
  }

  private void index(int number) {
    for (long key : prefix(texts.get(number))) {
      postings.add(key, number);
    }
  }

  private void orderAnew() {
    nextOrder = Math.multiplyExact(2, nextOrder);
    int[] counted = new int[COUNTERS];
    for (Shingles text : texts) {
      for (int i = 0; i < text.size(); i++) {
        counted[(int) text.hash(i) & (COUNTERS - 1)]++;
      }
    }
    frequencies = counted;
    postings.clear();
    for (int number = 0; number < texts.size(); number++) {
      index(number);
    }
  }

  /**
   * Keys of the first shingles in the common order: the frequency in the upper 16 bits, the upper
   * 48 of the hash behind it.
   */
  private long[] prefix(Shingles shingles) {
    int size = shingles.size();
    if (size == 0) {
      return new long[0];
    }
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      long hash = shingles.hash(i);
      long frequency = frequencies[(int) hash & (frequencies.length - 1)];
      keys[i] = Math.min(frequency, MOST_FREQUENT) << 48 | hash >>> 16;
    }
    Arrays.sort(keys);
    // the small constant keeps a product like 0.7 * 10 = 7.000000000000001 from rounding up
    return Arrays.copyOf(keys, size - (int) Math.ceil(threshold * size - 1e-9) + 1);
  }
}
