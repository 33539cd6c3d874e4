package dev.migaki.datasets.spill;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The temporary files of one piece of work; they go when it ends. Used by one thread. */
public final class SpillSpace implements AutoCloseable {
  private final Path directory;
  private final List<SpillFile> files = new ArrayList<>();

  /**
   * @param directory where the files are made; it must exist and should not lie in memory
   */
  public SpillSpace(Path directory) {
    this.directory = requireNonNull(directory, "directory");
  }

  /** Where the system keeps temporary files: {@code java.io.tmpdir}. */
  public static Path systemDirectory() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  /** An empty file, closed with this space. */
  public SpillFile newFile() {
    SpillFile file = SpillFile.in(directory);
    files.add(file);
    return file;
  }

  @Override
  public void close() {
    files.forEach(SpillFile::close);
  }
}
