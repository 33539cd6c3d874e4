package dev.migaki.training.domain;

/**
 * Where a run is.
 *
 * <pre>
 *             ┌────────▶ REFUSED                  (over budget, too few pairs)
 *  (sealed) ──┤
 *             └▶ QUEUED ──▶ RUNNING ──▶ SUCCEEDED
 *                  │          │  ▲ └──▶ FAILED     (bad input, diverged, attempts used up)
 *                  │          │  └─ claimed again after a crash: resumes from its checkpoint
 *                  └──────────┴──────▶ CANCELLED   (a person, or a newer version)
 * </pre>
 */
public enum RunState {
  REFUSED,
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether nothing will happen to the run any more. */
  public boolean isFinal() {
    return switch (this) {
      case QUEUED, RUNNING -> false;
      case REFUSED, SUCCEEDED, FAILED, CANCELLED -> true;
    };
  }
}
