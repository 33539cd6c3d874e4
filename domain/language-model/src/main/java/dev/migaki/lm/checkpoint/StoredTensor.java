package dev.migaki.lm.checkpoint;

import dev.migaki.lm.InvalidModelException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A tensor that lies in a file; its values are read when they are asked for. The file must stay as
 * it is until then.
 *
 * <p>Values are read, not mapped. Mapped pages count to the process' memory until a collection
 * happens to free the mapping, which in a worker that makes little garbage is never (measured: 513
 * of 4,053 MB while SmolLM2's shape was trained), and a file that is cut short under a mapping ends
 * the process instead of throwing.
 *
 * @param name its name in the file
 * @param type its element type
 * @param shape its dimensions
 * @param file the file
 * @param offset its first byte there; elements are little-endian, row by row
 */
public record StoredTensor(String name, ElementType type, long[] shape, Path file, long offset) {

  private static final int PIECE_BYTES = 64 << 10;

  /** What reads a file from a position on. */
  @FunctionalInterface
  public interface Reading {
    void from(FileChannel channel) throws IOException;
  }

  /** Number of elements. */
  public long elements() {
    long elements = 1;
    for (long dimension : shape) {
      elements *= dimension;
    }
    return elements;
  }

  /** Its length in the file. */
  public long sizeBytes() {
    return elements() * type.sizeBytes();
  }

  /**
   * Opens the file at the first byte.
   *
   * @throws InvalidModelException when the file cannot be read or ends before the tensor does
   */
  public void read(Reading reading) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      reading.from(channel.position(offset));
    } catch (EOFException e) {
      throw new InvalidModelException(
          file + " was cut short while it was read; copy the model's files there again", e);
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read weights " + file + ": " + e.getMessage(), e);
    }
  }

  /** The values, narrowed or widened to {@code float}; at most 2³¹ - 1 of them. */
  public float[] toFloats() {
    float[] values = new float[Math.toIntExact(elements())];
    ByteBuffer piece = ByteBuffer.allocate(PIECE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    read(
        channel -> {
          for (int done = 0; done < values.length; ) {
            long left = (long) (values.length - done) * type.sizeBytes();
            piece.clear().limit((int) Math.min(PIECE_BYTES, left));
            fill(piece, channel);
            while (piece.hasRemaining()) {
              values[done++] = type.read(piece);
            }
          }
        });
    return values;
  }

  private static void fill(ByteBuffer piece, FileChannel channel) throws IOException {
    while (piece.hasRemaining()) {
      if (channel.read(piece) < 0) {
        throw new EOFException();
      }
    }
    piece.flip();
  }
}
