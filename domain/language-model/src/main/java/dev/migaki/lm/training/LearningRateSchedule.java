package dev.migaki.lm.training;

/**
 * Linear warm-up to the peak, then cosine decay to a share of it (arXiv:1608.03983), or a constant
 * or linear course after the warm-up.
 *
 * <p>It is a function of progress in {@code [0, 1]} and not of step numbers, so that a run with a
 * time limit can end its decay in time.
 *
 * @param peak highest learning rate
 * @param warmup share of the run that rises linearly
 * @param course what follows
 * @param finalShare share of the peak at the end (ignored by {@link Course#CONSTANT})
 */
public record LearningRateSchedule(double peak, double warmup, Course course, double finalShare) {

  /** The course after warm-up. */
  public enum Course {
    COSINE,
    LINEAR,
    CONSTANT
  }

  public LearningRateSchedule {
    if (!(peak > 0) || !(warmup >= 0) || !(warmup < 1)) {
      throw new IllegalArgumentException(
          "learning rate must be positive and warm-up in [0, 1): " + peak + ", " + warmup);
    }
  }

  /**
   * @param progress share of the run that is done before the step
   */
  public double at(double progress) {
    double clamped = Math.min(1, Math.max(0, progress));
    if (clamped < warmup) {
      // a first step at exactly zero would be wasted
      return peak * Math.max(0.02, clamped / warmup);
    }
    double after = (clamped - warmup) / (1 - warmup);
    return switch (course) {
      case COSINE -> peak * (finalShare + (1 - finalShare) * 0.5 * (1 + Math.cos(Math.PI * after)));
      case LINEAR -> peak * (finalShare + (1 - finalShare) * (1 - after));
      case CONSTANT -> peak;
    };
  }
}
