package dev.migaki.datasets.preparation;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.spill.Key128;

/**
 * A bounded memory of texts in which a scan found nothing. It keeps 128 bits of the SHA-256 of each
 * text exactly as it stands: folded, an address might pass for a harmless text. What finds no room
 * is not remembered, and is scanned again.
 */
final class CleanTexts {
  private static final int FIRST_SLOTS = 1 << 10;
  private static final int MOST_SLOTS = 1 << 21;
  private static final int KEY_DIGITS = 32;

  /** Open addressing; the high and low half of each slot's key, both 0 where there is none. */
  private long[] keys;

  private final int mostSlots;
  private int count;

  /** Room for 1.5 million texts in 32 MiB; it grows with them. */
  CleanTexts() {
    this(MOST_SLOTS);
  }

  /**
   * @param mostSlots a power of two; three quarters of them are used
   */
  CleanTexts(int mostSlots) {
    this.mostSlots = mostSlots;
    this.keys = new long[2 * Math.min(FIRST_SLOTS, mostSlots)];
  }

  static Key128 key(String text) {
    return Key128.of(ContentHash.of("scanned").add(text).hex().substring(0, KEY_DIGITS));
  }

  boolean contains(Key128 key) {
    return isAt(slot(key), key);
  }

  void add(Key128 key) {
    if (count >= slots() / 4 * 3 && slots() < mostSlots) {
      grow();
    }
    int slot = slot(key);
    if (count < slots() / 4 * 3 && !isAt(slot, key)) {
      put(slot, key);
      count++;
    }
  }

  private int slots() {
    return keys.length / 2;
  }

  private boolean isAt(int slot, Key128 key) {
    return keys[2 * slot] == key.high() && keys[2 * slot + 1] == key.low();
  }

  private void put(int slot, Key128 key) {
    keys[2 * slot] = key.high();
    keys[2 * slot + 1] = key.low();
  }

  /** Where the key is, or where it belongs. */
  private int slot(Key128 key) {
    int slot = (int) key.low() & (slots() - 1);
    while ((keys[2 * slot] != 0 || keys[2 * slot + 1] != 0) && !isAt(slot, key)) {
      slot = (slot + 1) & (slots() - 1);
    }
    return slot;
  }

  private void grow() {
    long[] before = keys;
    keys = new long[2 * before.length];
    for (int i = 0; i < before.length; i += 2) {
      if (before[i] != 0 || before[i + 1] != 0) {
        Key128 key = new Key128(before[i], before[i + 1]);
        put(slot(key), key);
      }
    }
  }
}
