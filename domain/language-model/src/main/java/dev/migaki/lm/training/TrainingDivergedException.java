package dev.migaki.lm.training;

import java.util.Locale;

/**
 * The loss is no number any more, or worse than guessing; a lower learning rate or a longer warm-up
 * helps.
 */
public final class TrainingDivergedException extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final String REMEDY = "; lower the learning rate or lengthen the warm-up";

  public TrainingDivergedException(long step) {
    super("The loss became infinite or no number at step " + step + REMEDY);
  }

  /**
   * @param loss the last report's training loss
   * @param first that of the run's first report
   */
  public TrainingDivergedException(long step, double loss, double first, int vocabularySize) {
    super(
        String.format(
            Locale.ROOT,
            "The training loss has grown from %.2f to %.2f at step %d, which is worse than guessing"
                + " among %,d tokens (%.2f)%s",
            first,
            loss,
            step,
            vocabularySize,
            Math.log(vocabularySize),
            REMEDY));
  }
}
