package dev.migaki.datasets.similarity;

import dev.migaki.datasets.ContentHash;

/**
 * A set of texts that differ in more than width, case and punctuation. It keeps 64 bits of each
 * text's SHA-256 and nothing else: with ten million texts, the odds that any two of them are taken
 * for one are 1 to 370,000. Used by one thread.
 */
public final class TextSet {
  private static final int FIRST_SLOTS = 1 << 10;

  /** Open addressing; 0 is empty. */
  private long[] slots = new long[FIRST_SLOTS];

  private int count;

  /** Adds a text; false when it is in already. */
  public boolean add(String text) {
    if (count >= slots.length / 4 * 3) {
      grow();
    }
    long key = key(text);
    int slot = slot(key);
    if (slots[slot] == key) {
      return false;
    }
    slots[slot] = key;
    count++;
    return true;
  }

  public boolean contains(String text) {
    long key = key(text);
    return slots[slot(key)] == key;
  }

  private static long key(String text) {
    long key = ContentHash.of("text").add(TextFold.fold(text)).number();
    return key == 0 ? 1 : key;
  }

  /** Where the key is, or where it belongs. */
  private int slot(long key) {
    int slot = (int) key & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != key) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  private void grow() {
    long[] before = slots;
    slots = new long[Math.multiplyExact(2, before.length)];
    for (long key : before) {
      if (key != 0) {
        slots[slot(key)] = key;
      }
    }
  }
}
