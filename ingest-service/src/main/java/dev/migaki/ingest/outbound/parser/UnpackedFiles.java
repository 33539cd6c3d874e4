package dev.migaki.ingest.outbound.parser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Directories for the files of archives, readable by this user only, for as long as it takes to
 * store them. What a killed service left is removed by the next one.
 */
final class UnpackedFiles {

  private static final Logger LOG = Logger.getLogger(UnpackedFiles.class);
  private static final String PREFIX = "migaki-unpacked-";

  private final Path parent = Path.of(System.getProperty("java.io.tmpdir"));
  private final long self = ProcessHandle.current().pid();

  UnpackedFiles() {
    try (Stream<Path> found = Files.list(parent)) {
      for (Path directory : found.filter(this::isLeftOver).toList()) {
        remove(directory);
      }
    } catch (IOException e) {
      // creating one will tell
      LOG.warnf("cannot look for left-over files of archives: %s", e.getClass().getName());
    }
  }

  Path create() {
    try {
      return Files.createTempDirectory(parent, PREFIX + self + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void remove(Path directory) {
    try (Stream<Path> tree = Files.walk(directory)) {
      for (Path path : sorted(tree)) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      LOG.warnf("files of an archive stay until the next start: %s", e.getClass().getName());
    }
  }

  private static List<Path> sorted(Stream<Path> tree) {
    return tree.sorted(Comparator.reverseOrder()).toList();
  }

  /** A process id that is this one's is of an earlier life: in a container they are all 1. */
  private boolean isLeftOver(Path directory) {
    String name = String.valueOf(directory.getFileName());
    String pid = name.startsWith(PREFIX) ? name.substring(PREFIX.length()).split("-", 2)[0] : "";
    if (!pid.matches("\\d{1,9}")) {
      return false;
    }
    long owner = Long.parseLong(pid);
    return owner == self || ProcessHandle.of(owner).isEmpty();
  }
}
