package dev.migaki.datasets.similarity;

/**
 * MinHash signatures (Broder 1997) of 128 hashes, cut into 16 bands of 8 rows. Two texts of Jaccard
 * similarity s share a band with probability 1 - (1 - s^8)^16: 61 % at 0.7, 95 % at 0.8, and nearly
 * all above; what shares a band is then verified exactly.
 */
final class MinHash {
  static final int BANDS = 16;
  private static final int ROWS = 8;

  /** Hash functions in a signature. */
  static final int HASHES = BANDS * ROWS;

  private static final long[] SEEDS = seeds();

  private MinHash() {}

  /** One key per band; texts with a key in common are candidates. */
  static long[] bandKeys(Shingles shingles) {
    return bandKeys(signature(shingles));
  }

  /** The smallest hash of the shingles under each of the {@link #HASHES} functions. */
  static long[] signature(Shingles shingles) {
    long[] minima = new long[HASHES];
    for (int i = 0; i < HASHES; i++) {
      minima[i] = minimum(shingles, SEEDS[i]);
    }
    return minima;
  }

  /** The keys of a signature's bands. */
  static long[] bandKeys(long[] signature) {
    long[] keys = new long[BANDS];
    for (int band = 0; band < BANDS; band++) {
      long key = band;
      for (int row = 0; row < ROWS; row++) {
        key = Shingles.mix(key ^ signature[band * ROWS + row]);
      }
      keys[band] = key;
    }
    return keys;
  }

  private static long minimum(Shingles shingles, long seed) {
    long minimum = Long.MAX_VALUE;
    for (int i = 0; i < shingles.size(); i++) {
      // one multiplication per shingle and hash: multiply-shift is enough, the shingles are mixed
      long hash = (shingles.hash(i) ^ seed) * 0x9E3779B97F4A7C15L;
      hash ^= hash >>> 32;
      if (hash < minimum) {
        minimum = hash;
      }
    }
    return minimum;
  }

  private static long[] seeds() {
    long[] seeds = new long[BANDS * ROWS];
    for (int i = 0; i < seeds.length; i++) {
      seeds[i] = Shingles.mix(0x632BE59BD9B4E019L * (i + 1));
    }
    return seeds;
  }
}
