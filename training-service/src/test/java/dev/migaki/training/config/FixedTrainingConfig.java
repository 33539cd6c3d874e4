package dev.migaki.training.config;

import java.nio.file.Path;
import java.time.Duration;

/** A configuration without a container. */
public record FixedTrainingConfig(
    Path modelsDirectory,
    Path recipesDirectory,
    Path workDirectory,
    String workerHeap,
    Duration lease,
    int maxAttempts,
    Duration progressInterval)
    implements TrainingConfig {

  /** All files below one directory, the base models of the repository. */
  public static FixedTrainingConfig in(Path directory) {
    return new FixedTrainingConfig(
        Path.of("../models"),
        directory,
        directory,
        "256m",
        Duration.ofSeconds(10),
        5,
        Duration.ofMillis(200));
  }
}
