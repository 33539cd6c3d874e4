package dev.migaki.lm.worker;

import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.model.ParameterBlock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.Tensor;

/** The trained weights as they were at the lowest validation loss, as stored in memory. */
final class BestWeights {

  private final Path file;

  BestWeights(Path file) {
    this.file = file;
  }

  /**
   * @throws IOException when writing fails; the old file is then unchanged
   */
  void save(ParameterBlock parameters) throws IOException {
    AtomicFiles.replace(
        file,
        channel -> {
          ByteBuffer bytes = bytes(parameters);
          while (bytes.hasRemaining()) {
            channel.write(bytes);
          }
        });
  }

  /** Puts the saved weights back; false when there are none of this size. */
  boolean restoreInPlace(ParameterBlock parameters) throws IOException {
    ByteBuffer bytes = bytes(parameters);
    if (!Files.exists(file) || Files.size(file) != bytes.remaining()) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes) < 0) {
          throw new IOException(file + " is cut short");
        }
      }
    }
    return true;
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }

  private static ByteBuffer bytes(ParameterBlock parameters) {
    Tensor values = parameters.values();
    long size = values.numel() * values.element_size();
    return new BytePointer(values.data_ptr()).capacity(size).asByteBuffer();
  }
}
