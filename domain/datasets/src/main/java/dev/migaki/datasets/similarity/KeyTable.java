package dev.migaki.datasets.similarity;

import java.io.IOException;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Maps 64-bit keys to the numbers of the texts that have them: open addressing in segments that are
 * filled one after the other, each at most half. Nothing is ever moved or rehashed, so a table in
 * mapped files is whole after a crash of the process, and adding costs the same at the first text
 * and at the millionth.
 *
 * <p>A slot holds the upper half of a key and the number plus one; 0 is empty. Keys whose upper
 * halves are equal by chance cost a look at the text's signature, no more.
 */
final class KeyTable {
  /** Texts that share one key; more of the same add nothing but time. */
  static final int MOST_PER_KEY = 64;

  private static final int FIRST_SLOTS = 1 << 18;
  private static final int MOST_DOUBLINGS = 7;

  private final @Nullable Path directory;
  private final List<Segment> segments = new ArrayList<>();
  private int usedInLast;

  /** Slots in a mapped file or on the heap; each segment is twice as large as the one before. */
  private record Segment(PagedBytes bytes, LongBuffer slots) {}

  /**
   * @param directory of the files, null for the heap
   * @param segmentCount how many there are already
   */
  KeyTable(@Nullable Path directory, int segmentCount) throws IOException {
    this.directory = directory;
    for (int i = 0; i < segmentCount; i++) {
      segments.add(open(i));
    }
    usedInLast = segmentCount == 0 ? 0 : count(segments.get(segmentCount - 1).slots());
  }

  int segmentCount() {
    return segments.size();
  }

  void force() {
    segments.forEach(segment -> segment.bytes().force());
  }

  void add(long key, int number) throws IOException {
    if (segments.isEmpty()
        || usedInLast >= segments.get(segments.size() - 1).slots().capacity() / 2) {
      segments.add(open(segments.size()));
      usedInLast = 0;
    }
    LongBuffer slots = segments.get(segments.size() - 1).slots();
    int mask = slots.capacity() - 1;
    int slot = (int) key & mask;
    int same = 0;
    for (long entry = slots.get(slot); entry != 0; entry = slots.get(slot)) {
      if (isOf(entry, key) && ++same >= MOST_PER_KEY) {
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots.put(slot, (key & 0xFFFF_FFFF_0000_0000L) | (number + 1L));
    usedInLast++;
  }

  void find(long key, IntConsumer numbers) {
    for (Segment segment : segments) {
      LongBuffer slots = segment.slots();
      int mask = slots.capacity() - 1;
      int slot = (int) key & mask;
      for (long entry = slots.get(slot); entry != 0; entry = slots.get(slot)) {
        if (isOf(entry, key)) {
          numbers.accept((int) entry - 1);
        }
        slot = (slot + 1) & mask;
      }
    }
  }

  private static boolean isOf(long entry, long key) {
    return (entry ^ key) >>> 32 == 0;
  }

  private Segment open(int number) throws IOException {
    int slots = FIRST_SLOTS << Math.min(number, MOST_DOUBLINGS);
    PagedBytes bytes = new PagedBytes(directory, "keys-" + number, slots * Long.BYTES);
    return new Segment(bytes, bytes.page(0).asLongBuffer());
  }

  private static int count(LongBuffer slots) {
    int used = 0;
    for (int i = 0; i < slots.capacity(); i++) {
      used += slots.get(i) == 0 ? 0 : 1;
    }
    return used;
  }
}
