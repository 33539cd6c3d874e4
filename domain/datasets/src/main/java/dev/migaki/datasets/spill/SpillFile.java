package dev.migaki.datasets.spill;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Bytes that only grow, in a temporary file. On POSIX systems the file loses its name as soon as it
 * is open: whatever ends the process, a power cut included, no text is left on the disk. Only its
 * owner may read it.
 *
 * <p>Every method throws {@link UncheckedIOException} when the disk fails or is full. Used by one
 * thread.
 */
public final class SpillFile implements AutoCloseable {
  private static final int BUFFER_BYTES = 1 << 16;

  private final FileChannel channel;
  private final ByteBuffer unwritten = ByteBuffer.allocateDirect(BUFFER_BYTES);
  private final ByteBuffer readAhead = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  /** Where in the file what is read ahead begins. */
  private long readAheadAt;

  /** End of the last read: whoever goes on from here probably reads on. */
  private long lastEnd = -1;

  private long writtenBytes;

  private SpillFile(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty file in a directory. */
  public static SpillFile in(Path directory) {
    try {
      return new SpillFile(
          FileChannel.open(
              Files.createTempFile(directory, "migaki-spill-", null),
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make a temporary file", e);
    }
  }

  /** Bytes in the file. */
  public long sizeBytes() {
    return writtenBytes + unwritten.position();
  }

  /** Adds bytes at the end. */
  public void append(byte[] bytes) {
    int from = 0;
    while (from < bytes.length) {
      if (!unwritten.hasRemaining()) {
        flush();
      }
      int count = Math.min(unwritten.remaining(), bytes.length - from);
      unwritten.put(bytes, from, count);
      from += count;
    }
  }

  /**
   * Reads bytes, however few are left to write.
   *
   * @param offset of the first
   * @param length how many; the file must have them
   */
  public byte[] read(long offset, int length) {
    if (offset < 0 || length < 0 || offset + length > sizeBytes()) {
      throw new IndexOutOfBoundsException("not in the file: " + offset + ", " + length);
    }
    if (offset + length > writtenBytes) {
      flush();
    }
    byte[] bytes = new byte[length];
    boolean sequential = offset == lastEnd;
    lastEnd = offset + length;
    if (!isReadAhead(offset, length)) {
      if (!sequential || length > BUFFER_BYTES) {
        fill(ByteBuffer.wrap(bytes), offset);
        return bytes;
      }
      readAhead.clear().limit((int) Math.min(BUFFER_BYTES, writtenBytes - offset));
      fill(readAhead, offset);
      readAhead.flip();
      readAheadAt = offset;
    }
    readAhead.get((int) (offset - readAheadAt), bytes);
    return bytes;
  }

  private boolean isReadAhead(long offset, int length) {
    return offset >= readAheadAt && offset + length <= readAheadAt + readAhead.limit();
  }

  /** All bytes, on the heap. */
  public byte[] readAll() {
    return read(0, Math.toIntExact(sizeBytes()));
  }

  /** Everything from the beginning; the file must not grow meanwhile. */
  public InputStream open() {
    return open(0, sizeBytes());
  }

  /** A part of the file; the part must not grow meanwhile. */
  public InputStream open(long from, long to) {
    flush();
    return new Part(from, to);
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close a temporary file", e);
    }
  }

  private void flush() {
    unwritten.flip();
    try {
      while (unwritten.hasRemaining()) {
        writtenBytes += channel.write(unwritten, writtenBytes);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a temporary file", e);
    }
    unwritten.clear();
  }

  private void fill(ByteBuffer target, long offset) {
    long at = offset;
    try {
      while (target.hasRemaining()) {
        int count = channel.read(target, at);
        if (count < 0) {
          throw new IOException("a temporary file is shorter than it was");
        }
        at += count;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a temporary file", e);
    }
  }

  /** A stream with a buffer of its own. */
  private final class Part extends InputStream {
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final long to;
    private long next;

    private Part(long from, long to) {
      this.next = from;
      this.to = to;
    }

    @Override
    public int read() {
      return fillBuffer() ? buffer.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      Objects.checkFromIndexSize(offset, length, bytes.length);
      if (length == 0) {
        return 0;
      }
      if (!fillBuffer()) {
        return -1;
      }
      int count = Math.min(length, buffer.remaining());
      buffer.get(bytes, offset, count);
      return count;
    }

    private boolean fillBuffer() {
      if (!buffer.hasRemaining() && next < to) {
        buffer.clear().limit((int) Math.min(BUFFER_BYTES, to - next));
        fill(buffer, next);
        next += buffer.flip().remaining();
      }
      return buffer.hasRemaining();
    }
  }
}
