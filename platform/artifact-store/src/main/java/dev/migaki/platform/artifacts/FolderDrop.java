package dev.migaki.platform.artifacts;

import static dev.migaki.platform.artifacts.ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A folder with everything below it. Hidden files and links are left out, so is what was changed a
 * moment ago: it may still be written.
 */
public final class FolderDrop implements DocumentDrop {

  private final Path folder;
  private final Clock clock;
  private final Duration rest;

  /**
   * @param rest how long a file has to lie unchanged
   */
  public FolderDrop(Path folder, Clock clock, Duration rest) {
    this.folder = folder;
    this.clock = clock;
    this.rest = rest;
  }

  @Override
  public List<Dropped> list() {
    Instant latest = clock.instant().minus(rest);
    List<Dropped> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        if (isHidden(folder.relativize(file))) {
          continue;
        }
        BasicFileAttributes attributes =
            Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        Instant changed = attributes.lastModifiedTime().toInstant();
        if (attributes.isRegularFile() && !changed.isAfter(latest)) {
          String name = folder.relativize(file).toString().replace('\\', '/');
          found.add(new Dropped(name, changed + "/" + attributes.size(), attributes.size()));
        }
      }
    } catch (IOException | UncheckedIOException e) {
      throw new ArtifactFailure(ARTIFACT_STORE_UNAVAILABLE, "cannot list a watched folder", e);
    }
    found.sort(Comparator.comparing(Dropped::name));
    return found;
  }

  private static boolean isHidden(Path relative) {
    for (Path part : relative) {
      if (part.toString().startsWith(".")) {
        return !part.toString().isEmpty();
      }
    }
    return false;
  }

  @Override
  public InputStream open(Dropped document) {
    Path file = folder.resolve(document.name()).normalize();
    if (!file.startsWith(folder.normalize())) {
      throw new IllegalArgumentException("a dropped document lies below its folder");
    }
    try {
      return Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot read a file of a watched folder", e);
    }
  }
}
