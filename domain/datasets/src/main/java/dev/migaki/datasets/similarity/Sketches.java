package dev.migaki.datasets.similarity;

import java.util.Arrays;

/**
 * Tells of most pairs of sets that they are not similar, without a look at the sets: 18 bytes of
 * each. Never wrong when it says no.
 *
 * <p>An odd sketch (Mitzenmacher, Pagh, Pham 2014) of {@value #BITS} bits: each element flips one
 * bit. Sets that differ in d elements differ in at most d bits, and sets of sizes m and n whose
 * Jaccard similarity is t or more differ in at most m + n - 2 t / (1 + t) (m + n) elements.
 */
final class Sketches {
  private static final int BITS = 128;
  private static final int MOST_SIZE = Character.MAX_VALUE;

  /** Two words per set. */
  private long[] words = new long[32];

  /** Size of each set, {@link #MOST_SIZE} for that many or more. */
  private char[] sizes = new char[16];

  private int count;

  /** A set that is compared with the others. */
  static final class Asked {
    private final long low;
    private final long high;
    private final int size;
    private final double threshold;

    Asked(Shingles shingles, double threshold) {
      this.low = word(shingles, 0);
      this.high = word(shingles, 1);
      this.size = shingles.size();
      this.threshold = threshold;
    }
  }

  /** The sketch of one more set. */
  void add(Shingles shingles) {
    if (count == sizes.length) {
      sizes = Arrays.copyOf(sizes, count + (count >> 1));
      words = Arrays.copyOf(words, 2 * sizes.length);
    }
    words[2 * count] = word(shingles, 0);
    words[2 * count + 1] = word(shingles, 1);
    sizes[count++] = (char) Math.min(MOST_SIZE, shingles.size());
  }

  /** Whether a set may be similar to the one that is asked for. */
  boolean maySimilar(int number, Asked asked) {
    int size = sizes[number];
    if (size == MOST_SIZE) {
      return true;
    }
    // similarity is at most the smaller size over the larger
    int smaller = Math.min(size, asked.size);
    int larger = Math.max(size, asked.size);
    if (smaller < asked.threshold * larger - 1e-9) {
      return false;
    }
    int both = size + asked.size;
    int common = (int) Math.ceil(asked.threshold / (1 + asked.threshold) * both - 1e-9);
    int differing =
        Long.bitCount(words[2 * number] ^ asked.low)
            + Long.bitCount(words[2 * number + 1] ^ asked.high);
    return differing <= both - 2 * common;
  }

  private static long word(Shingles shingles, int which) {
    long word = 0;
    for (int i = 0; i < shingles.size(); i++) {
      // not the bits by which shingles are counted
      int bit = (int) (shingles.hash(i) >>> 40) & (BITS - 1);
      word ^= bit / Long.SIZE == which ? 1L << bit : 0;
    }
    return word;
  }
}
