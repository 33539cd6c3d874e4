package dev.migaki.datasets.spill;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Sorts more records than fit on the heap: sorted runs in a temporary file, merged while they are
 * read. Of records with one key only the one that was added last is given out. Used by one thread.
 */
public final class SortedSpill {
  private static final int RUN_BYTES = 32 << 20;
  private static final Comparator<Entry> ORDER =
      Comparator.comparing(Entry::key).thenComparing(Entry::sequence);

  private final SpillFile file;
  private final int runBytes;
  private final List<Entry> pending = new ArrayList<>();
  private final List<Long> runEnds = new ArrayList<>();
  private int pendingBytes;
  private long sequence;

  public SortedSpill(SpillSpace space) {
    this(space, RUN_BYTES);
  }

  /**
   * @param runBytes of content that is sorted on the heap at a time
   */
  SortedSpill(SpillSpace space, int runBytes) {
    this.file = space.newFile();
    this.runBytes = runBytes;
  }

  /** A record, its key and when it was added. */
  private record Entry(Key128 key, long sequence, byte[] content) {}

  /** Takes the records in the order of their keys. */
  @FunctionalInterface
  public interface Reader {
    void accept(Key128 key, byte[] content);
  }

  public void add(Key128 key, byte[] content) {
    pending.add(new Entry(key, sequence++, content));
    pendingBytes += content.length;
    if (pendingBytes >= runBytes) {
      writeRun();
    }
  }

  /** Gives out everything, lowest key first; may be called again. */
  public void forEach(Reader reader) {
    writeRun();
    PriorityQueue<Run> runs =
        new PriorityQueue<>(Comparator.comparing((Run run) -> run.head, ORDER));
    long from = 0;
    for (long to : runEnds) {
      Run run = new Run(new DataInputStream(file.open(from, to)), to - from);
      run.advance();
      runs.add(run);
      from = to;
    }
    while (!runs.isEmpty()) {
      Run run = runs.remove();
      Entry entry = run.head;
      if (run.advance()) {
        runs.add(run);
      }
      Run next = runs.peek();
      if (next == null || !next.head.key().equals(entry.key())) {
        reader.accept(entry.key(), entry.content());
      }
    }
  }

  private void writeRun() {
    if (pending.isEmpty()) {
      return;
    }
    pending.sort(ORDER);
    for (Entry entry : pending) {
      ByteBuffer head = ByteBuffer.allocate(Run.HEAD_BYTES);
      head.putLong(entry.key().high()).putLong(entry.key().low()).putLong(entry.sequence());
      file.append(head.putInt(entry.content().length).array());
      file.append(entry.content());
    }
    runEnds.add(file.sizeBytes());
    pending.clear();
    pendingBytes = 0;
  }

  /** A sorted part of the file. */
  private static final class Run {
    private static final int HEAD_BYTES = 3 * Long.BYTES + Integer.BYTES;
    private final DataInputStream in;
    private long left;
    private Entry head = new Entry(new Key128(0, 0), 0, new byte[0]);

    private Run(DataInputStream in, long bytes) {
      this.in = in;
      this.left = bytes;
    }

    private boolean advance() {
      if (left == 0) {
        return false;
      }
      try {
        Key128 key = new Key128(in.readLong(), in.readLong());
        long sequence = in.readLong();
        byte[] content = new byte[in.readInt()];
        in.readFully(content);
        head = new Entry(key, sequence, content);
        left -= HEAD_BYTES + content.length;
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read a temporary file", e);
      }
    }
  }
}
