package dev.migaki.lm.worker;

import dev.migaki.lm.checkpoint.AtomicFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * One run at a time in a directory. The system lets go of the lock when the process ends, however
 * it ends; a file that stays behind then keeps nobody out.
 */
final class RunLock implements AutoCloseable {

  private static final String NAME = ".training.lock";
  private static final int PROCESS_DIGITS = 20;

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Makes the directory where there is none, and locks it.
   *
   * @throws IOException when another run has it; the message names its process
   */
  static RunLock take(Path directory) throws IOException {
    Path file = AtomicFiles.directory(directory).resolve(NAME);
    while (true) {
      try {
        return attempt(file);
      } catch (NoSuchFileException e) {
        // the run before has just ended and deleted it
      }
    }
  }

  private static RunLock attempt(Path file) throws IOException {
    if (!Files.exists(file)) {
      Files.write(file, new byte[0], StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    String before = identity(file);
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
    try {
      if (lock(channel) == null) {
        throw new IOException(
            "another run (process "
                + owner(channel)
                + ") is writing to "
                + file.getParent()
                + "; wait for it or choose another output");
      }
      if (!identity(file).equals(before)) {
        throw new NoSuchFileException(file.toString());
      }
      sign(file, channel);
      return new RunLock(file, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static void sign(Path file, FileChannel channel) throws IOException {
    String self = Long.toString(ProcessHandle.current().pid());
    try {
      channel.truncate(0).write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
    } catch (IOException e) {
      throw AtomicFiles.unwritable(file, e);
    }
  }

  /** Which file it is, whatever its name. */
  private static String identity(Path file) throws IOException {
    return String.valueOf(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  private static @Nullable FileLock lock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      // this very process has it
      return null;
    }
  }

  private static String owner(FileChannel channel) throws IOException {
    ByteBuffer number = ByteBuffer.allocate(PROCESS_DIGITS);
    channel.read(number, 0);
    return new String(number.array(), 0, number.position(), StandardCharsets.UTF_8);
  }

  /** Deletes the file while it is still locked, so that a run never deletes another one's. */
  @Override
  public void close() throws IOException {
    Files.deleteIfExists(file);
    channel.close();
  }
}
