package dev.migaki.cli.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Everything one stack keeps on disk. Two stacks never share a directory; deleting it deletes all
 * of a stack's data.
 *
 * @param root the directory given by {@code --data}, {@code ~/.migaki/data} by default
 */
public record StackDirectory(Path root) {
  public StackDirectory {
    requireNonNull(root, "root");
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Where data lies when nobody says otherwise: {@code MIGAKI_DATA}, else below the home folder.
   */
  public static Path defaultRoot() {
    String variable = System.getenv("MIGAKI_DATA");
    return variable == null || variable.isBlank() ? ownFolder().resolve("data") : Path.of(variable);
  }

  /** {@code ~/.migaki}. */
  public static Path ownFolder() {
    return Path.of(System.getProperty("user.home"), ".migaki");
  }

  public Path kafka() {
    return root.resolve("kafka");
  }

  public Path postgres() {
    return root.resolve("postgres");
  }

  /** Root of the claim-check store. */
  public Path artifacts() {
    return root.resolve("artifacts");
  }

  public Path logs() {
    return root.resolve("logs");
  }

  /** Working directory of a service. */
  public Path work(StageService service) {
    return root.resolve("work").resolve(service.label());
  }

  /** What {@code down} and {@code status} read. */
  public Path stateFile() {
    return root.resolve("stack.json");
  }

  Path lockFile() {
    return root.resolve("stack.lock");
  }

  /** Creates the folders that must exist before anything starts. */
  void create() {
    try {
      Files.createDirectories(artifacts());
      Files.createDirectories(logs());
      for (StageService service : StageService.values()) {
        Files.createDirectories(work(service));
      }
    } catch (IOException e) {
      throw new StackFailure("cannot write to " + root + ": " + e.getMessage(), e);
    }
  }

  /** Removes the directory with everything in it. */
  public void delete() {
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + root, e);
    }
  }
}
