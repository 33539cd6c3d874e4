package dev.migaki.datasets.spill;

import java.util.Arrays;

/** Byte strings by number in a temporary file; eight bytes of heap each. Used by one thread. */
public final class SpilledRecords {
  private final SpillFile file;

  /** Number to its end in the file; the one before is its beginning. */
  private long[] ends = new long[1 << 10];

  private int count;

  public SpilledRecords(SpillSpace space) {
    this.file = space.newFile();
  }

  /**
   * Adds a record.
   *
   * @return its number, from 0
   */
  public int add(byte[] content) {
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count + (count >> 1));
    }
    file.append(content);
    ends[count] = file.sizeBytes();
    return count++;
  }

  /** The record with this number. */
  public byte[] get(int number) {
    long from = number == 0 ? 0 : ends[number - 1];
    return file.read(from, (int) (ends[number] - from));
  }

  public int size() {
    return count;
  }
}
