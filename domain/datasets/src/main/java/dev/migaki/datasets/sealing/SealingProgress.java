package dev.migaki.datasets.sealing;

import java.util.Locale;

/** Is told how far a sealing has come; called often, by the thread that seals. */
@FunctionalInterface
public interface SealingProgress {

  /** What a sealing does, in this order. */
  enum Step {
    SCAN,
    READING,
    DUPLICATES,
    FLUENCY,
    CONTRADICTIONS,
    NEAR_DUPLICATES,
    FACTS,
    VARIATIONS,
    HELD_OUT,
    FILES;

    /** The name in messages and metrics. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /**
   * A step has come this far.
   *
   * @param done of {@code total}; both 0 where a step does not count
   */
  void at(Step step, long done, long total);

  /** Tells nobody. */
  static SealingProgress none() {
    return (step, done, total) -> {};
  }
}
