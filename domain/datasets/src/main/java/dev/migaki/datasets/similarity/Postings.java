package dev.migaki.datasets.similarity;

import java.util.Arrays;

/**
 * Which texts are listed under a key: chains of entries in arrays, 20 bytes an entry, where a map
 * of lists takes some 130. Used by one thread.
 */
public final class Postings {
  public static final int NONE = -1;
  private static final int FIRST_SLOTS = 1 << 10;

  /** Slot to its newest entry. */
  private int[] newest = filled(FIRST_SLOTS);

  private long[] keys = new long[FIRST_SLOTS];
  private int[] texts = new int[FIRST_SLOTS];
  private int[] before = new int[FIRST_SLOTS];
  private int count;

  /** Lists a text under a key. */
  public void add(long key, int text) {
    if (count == keys.length) {
      grow();
    }
    keys[count] = key;
    texts[count] = text;
    link(count++);
  }

  /** The newest entry of a key, or {@link #NONE}. */
  public int first(long key) {
    return withKey(newest[slot(key)], key);
  }

  /** The entry of the same key before this one, or {@link #NONE}. */
  public int next(int entry) {
    return withKey(before[entry], keys[entry]);
  }

  public int text(int entry) {
    return texts[entry];
  }

  private int withKey(int from, long key) {
    int entry = from;
    while (entry != NONE && keys[entry] != key) {
      entry = before[entry];
    }
    return entry;
  }

  private int slot(long key) {
    return (int) Shingles.mix(key) & (newest.length - 1);
  }

  private void link(int entry) {
    int slot = slot(keys[entry]);
    before[entry] = newest[slot];
    newest[slot] = entry;
  }

  private void grow() {
    int length = (int) Math.min(Integer.MAX_VALUE - 16L, 2L * keys.length);
    if (length == keys.length) {
      throw new IllegalStateException("more than " + length + " entries");
    }
    keys = Arrays.copyOf(keys, length);
    texts = Arrays.copyOf(texts, length);
    before = Arrays.copyOf(before, length);
    if (newest.length < 1 << 30) {
      newest = filled(2 * newest.length);
      for (int entry = 0; entry < count; entry++) {
        link(entry);
      }
    }
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, NONE);
    return slots;
  }
}
