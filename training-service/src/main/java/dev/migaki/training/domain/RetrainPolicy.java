package dev.migaki.training.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides whether a sealed version earns a run. Pure: what it needs to know comes in. */
public final class RetrainPolicy {
  private RetrainPolicy() {}

  /** The version in question. */
  public record Candidate(String version, int trainExamples) {}

  /**
   * The dataset's latest run that was not refused; {@code age} is the time since it was created.
   */
  public record LastRun(String version, Duration age) {}

  /** What to do, with the reason for the person who asks. */
  public sealed interface Decision {
    /** Run it now. */
    record Train(String reason) implements Decision {}

    /** Do not run it. */
    record Skip(String reason) implements Decision {}

    /** Run it, but not before this much time has passed. */
    record Later(Duration delay, String reason) implements Decision {}
  }

  /** Judges a candidate by the recipe's rules. */
  public static Decision decide(
      Candidate candidate, @Nullable LastRun last, TrainingRecipe.RetrainRules rules) {
    if (candidate.trainExamples() < rules.minExamples()) {
      return new Decision.Skip(
          "the version has %d training examples, %d are needed"
              .formatted(candidate.trainExamples(), rules.minExamples()));
    }
    if (last == null) {
      return new Decision.Train("first version of the dataset");
    }
    if (last.version().equals(candidate.version())) {
      return new Decision.Skip("this version has a run already");
    }
    Duration left = rules.minInterval().minus(last.age());
    if (left.isNegative() || left.isZero()) {
      return new Decision.Train("new version of the dataset");
    }
    return new Decision.Later(left, "the last run is younger than the recipe's minimum interval");
  }
}
