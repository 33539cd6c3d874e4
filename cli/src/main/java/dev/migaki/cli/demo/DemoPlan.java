package dev.migaki.cli.demo;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the demonstration drops.
 *
 * @param first the first batch
 * @param second the batch that changes something; absent when a person's own documents have none
 * @param planted what the samples hide; absent for a person's own documents
 */
record DemoPlan(String dataset, Path first, Optional<Path> second, Optional<Planted> planted) {

  /** The fictional company that comes with the project. */
  static DemoPlan samples(Path home, String dataset) throws java.io.IOException {
    Path samples = home.resolve("samples");
    return new DemoPlan(
        dataset,
        samples.resolve("first"),
        Optional.of(samples.resolve("second")),
        Optional.of(Planted.read(samples.resolve("planted.json"))));
  }

  /**
   * A directory that the project never saw; {@code first/} and {@code second/} in it are batches.
   */
  static DemoPlan directory(Path directory, String dataset) {
    Path first = directory.resolve("first");
    Path second = directory.resolve("second");
    boolean batches = Files.isDirectory(first) && Files.isDirectory(second);
    return new DemoPlan(
        dataset,
        batches ? first : directory,
        batches ? Optional.of(second) : Optional.empty(),
        Optional.empty());
  }
}
