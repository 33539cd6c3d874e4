package dev.migaki.lm.checkpoint;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Replaces files so that a reader, or a restart after a crash, sees the old content or the new,
 * never half of it.
 */
public final class AtomicFiles {

  private AtomicFiles() {}

  /** Writes content to a channel. */
  @FunctionalInterface
  public interface Content {
    void writeTo(FileChannel channel) throws IOException;
  }

  /**
   * Writes beside {@code target}, forces it to disk and renames it over {@code target}.
   *
   * @throws IOException when writing fails, for instance because the disk is full; {@code target}
   *     is then unchanged. The message names it and says what to do
   */
  public static void replace(Path target, Content content) throws IOException {
    Path temporary = target.resolveSibling(target.getFileName() + ".partial");
    try {
      Path directory = target.toAbsolutePath().getParent();
      if (directory != null) {
        Files.createDirectories(directory);
      }
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        content.writeTo(channel);
        channel.force(true);
      }
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw notWritten(target, temporary, e);
    } catch (RuntimeException e) {
      Files.deleteIfExists(temporary);
      throw e;
    }
  }

  private static IOException notWritten(Path target, Path temporary, IOException cause) {
    try {
      // what is half written takes the space that is missing
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
    return unwritable(target, cause);
  }

  /**
   * A directory, made where there is none.
   *
   * @throws IOException when it cannot be made; the message names it and says what to do
   */
  public static Path directory(Path directory) throws IOException {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** Why nothing can be written to {@code target}, and what to do. */
  public static IOException unwritable(Path target, IOException cause) {
    return new IOException(
        "Cannot write "
            + target.toAbsolutePath()
            + " ("
            + cause.getMessage()
            + "); what was there before is unchanged. Free space on its disk, or give the user"
            + " access to its directory, and start again",
        cause);
  }

  /** {@link #replace} with UTF-8 text. */
  public static void replaceText(Path target, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    replace(
        target,
        channel -> {
          java.nio.ByteBuffer buffer = java.nio.ByteBuffer.wrap(bytes);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        });
  }
}
