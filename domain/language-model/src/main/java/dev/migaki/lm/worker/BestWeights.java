package dev.migaki.lm.worker;

import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.device.TensorBytes;
import dev.migaki.lm.model.ParameterBlock;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

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
    AtomicFiles.replace(file, channel -> TensorBytes.write(channel, parameters.values()));
  }

  /** Puts the saved weights back; false when there are none of this size. */
  boolean restoreInPlace(ParameterBlock parameters) throws IOException {
    if (!Files.exists(file) || Files.size(file) != TensorBytes.size(parameters.values())) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      TensorBytes.readInPlace(channel, parameters.values());
    }
    return true;
  }

  void delete() throws IOException {
    Files.deleteIfExists(file);
  }
}
