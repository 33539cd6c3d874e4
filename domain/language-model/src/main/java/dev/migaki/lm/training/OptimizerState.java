package dev.migaki.lm.training;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.device.TensorBytes;
import dev.migaki.lm.model.ParameterBlock;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/**
 * Parameters and moments in one file, bit for bit, replaced atomically: what a killed run needs to
 * go on as if nothing had happened.
 *
 * <p>Layout, little endian: magic, fingerprint of the job, step, loop counters, element count, then
 * values, means and variances as stored in memory.
 */
public final class OptimizerState {

  private static final long MAGIC = 0x4D_49_47_41_4B_49_30_32L;
  private static final int HEADER_BYTES = 6 * 8;

  private OptimizerState() {}

  /**
   * What the loop must know to go on.
   *
   * @param step optimizer steps done
   * @param elapsedNanos time spent so far
   * @param tokens tokens trained so far
   */
  public record Progress(long step, long elapsedNanos, long tokens) {}

  /**
   * @param fingerprint of everything that decides the run's course; a checkpoint of another run is
   *     refused
   * @throws IOException when writing fails; the old checkpoint is then unchanged
   */
  public static void save(
      Path file, long fingerprint, Progress progress, ParameterBlock parameters, AdamW optimizer)
      throws IOException {
    AtomicFiles.replace(
        file,
        channel -> {
          ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
          header
              .putLong(MAGIC)
              .putLong(fingerprint)
              .putLong(progress.step())
              .putLong(progress.elapsedNanos());
          header.putLong(progress.tokens()).putLong(parameters.size()).flip();
          writeFully(channel, header);
          for (Tensor tensor :
              new Tensor[] {parameters.values(), optimizer.mean(), optimizer.variance()}) {
            TensorBytes.write(channel, tensor);
          }
        });
  }

  /**
   * Restores a checkpoint in place.
   *
   * @return where the run was, or empty when there is no checkpoint
   * @throws InvalidModelException when the file belongs to another run or is damaged
   */
  public static Optional<Progress> restoreInPlace(
      Path file, long fingerprint, ParameterBlock parameters, AdamW optimizer) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, header, file);
      header.flip();
      if (header.getLong() != MAGIC) {
        throw new InvalidModelException(file + " is no checkpoint; delete it to start over");
      }
      if (header.getLong() != fingerprint) {
        throw new InvalidModelException(
            file
                + " is a checkpoint of another job; use another checkpoint directory or delete it to start over");
      }
      Progress progress = new Progress(header.getLong(), header.getLong(), header.getLong());
      if (header.getLong() != parameters.size()) {
        throw new InvalidModelException(
            file + " holds another number of parameters; delete it to start over");
      }
      for (Tensor tensor :
          new Tensor[] {parameters.values(), optimizer.mean(), optimizer.variance()}) {
        TensorBytes.readInPlace(channel, tensor);
      }
      optimizer.resumeInPlace(progress.step());
      return Optional.of(progress);
    } catch (EOFException e) {
      throw new InvalidModelException(file + " is cut short; delete it to start over", e);
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read checkpoint " + file + ": " + e.getMessage(), e);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static void readFully(FileChannel channel, ByteBuffer buffer, Path file)
      throws IOException {
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new InvalidModelException(file + " is cut short; delete it to start over");
      }
    }
  }
}
