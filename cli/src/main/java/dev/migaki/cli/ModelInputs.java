package dev.migaki.cli;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Inputs of the model commands, checked before a process is started for them. */
final class ModelInputs {
  private ModelInputs() {}

  /**
   * @throws NoSuchFileException when there is no such directory
   */
  static Path directory(Path path) throws NoSuchFileException {
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return path;
  }

  /**
   * @throws NoSuchFileException when there is no such file
   */
  static Path file(Path path) throws NoSuchFileException {
    if (!Files.isRegularFile(path)) {
      throw new NoSuchFileException(path.toString());
    }
    return path;
  }
}
