package dev.migaki.lm.training;

/** The loss is no number any more; a lower learning rate or a longer warm-up helps. */
public final class TrainingDivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TrainingDivergedException(long step) {
    super(
        "The loss became infinite or no number at step "
            + step
            + "; lower the learning rate or lengthen the warm-up");
  }
}
