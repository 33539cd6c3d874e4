package dev.migaki.training.domain;

import dev.migaki.contracts.ArtifactRef;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/** The files of a sealed version, and the store that takes what a run made. */
public interface TrainingFiles {

  /**
   * Computes something of a file of the version, which exists only during the call; empty when it
   * has none.
   */
  <T> Optional<T> withFile(ArtifactRef manifest, String name, Function<Path, T> computation);

  /**
   * Writes a file of the version ({@code train}, {@code preference}, {@code validation}) into a
   * directory; empty when it has none.
   */
  Optional<Path> fetch(ArtifactRef manifest, String name, Path directory);

  /**
   * Deletes what lies in a directory, but for one file; does nothing where there is no directory.
   */
  void clear(Path directory, String kept);

  /** Unpacks a stored directory below {@code directory}, unless it is there already. */
  Path fetchDirectory(ArtifactRef stored, Path directory);

  /** Stores a directory as one zip; the same files give the same bytes. */
  ArtifactRef storeDirectory(Path directory, String mediaType);

  /** Stores a file. */
  ArtifactRef storeFile(Path file, String mediaType);

  /** Stores a text as UTF-8. */
  ArtifactRef storeText(String text, String mediaType);
}
