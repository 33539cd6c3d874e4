package dev.migaki.training.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Decides whether a sealed version earns a run. Pure: what it needs to know comes in. */
public final class RetrainPolicy {
  private RetrainPolicy() {}

  /**
   * The version in question.
   *
   * @param learned what it holds of what the recipe's method learns from
   * @param pairs whether these are preference pairs and not training examples
   */
  public record Candidate(String version, int learned, boolean pairs) {}

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

    /** It cannot be run as the recipe says; the reason tells what to do. */
    record Refuse(String reason) implements Decision {}

    /** Run it, but not before this much time has passed. */
    record Later(Duration delay, String reason) implements Decision {}
  }

  /** Judges a candidate by the recipe's rules. */
  public static Decision decide(
      Candidate candidate, @Nullable LastRun last, TrainingRecipe.RetrainRules rules) {
    if (last != null && last.version().equals(candidate.version())) {
      return new Decision.Skip("this version has a run already");
    }
    // a dataset without examples grows some by itself, one without pairs does not
    int least = Math.max(candidate.pairs() ? 1 : 0, rules.minExamples());
    if (candidate.learned() < least) {
      String counts =
          "the version has %d %s, %d are needed"
              .formatted(
                  candidate.learned(),
                  candidate.pairs() ? "preference pairs" : "training examples",
                  least);
      return candidate.pairs()
          ? new Decision.Refuse(counts + "; " + Hyperparameters.NEEDS_PAIRS)
          : new Decision.Skip(counts);
    }
    if (last == null) {
      return new Decision.Train("first version of the dataset");
    }
    Duration left = rules.minInterval().minus(last.age());
    if (left.isNegative() || left.isZero()) {
      return new Decision.Train("new version of the dataset");
    }
    return new Decision.Later(left, "the last run is younger than the recipe's minimum interval");
  }
}
