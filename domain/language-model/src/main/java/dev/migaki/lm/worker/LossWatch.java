package dev.migaki.lm.worker;

import dev.migaki.lm.training.TrainingDivergedException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Sees a run that has diverged although its loss is still a number: in each of several reports the
 * loss is far above the first one, and above that of a model that knows nothing, {@code ln V} with
 * {@code V} the vocabulary's size. A loss that rises for a few steps of the warm-up, or a model
 * that starts with random weights, is neither.
 */
final class LossWatch {

  /** Reports that must agree; a run has 150, or one for each step. */
  static final int REPORTS = 8;

  private static final double TIMES_THE_FIRST = 3;
  private static final double ABOVE_GUESSING = 1;

  private final RunJournal journal;
  private final int vocabularySize;
  private final Deque<Double> last = new ArrayDeque<>();

  LossWatch(RunJournal journal, int vocabularySize) {
    this.journal = journal;
    this.vocabularySize = vocabularySize;
  }

  /**
   * Takes a report's loss.
   *
   * @throws TrainingDivergedException when the last {@value #REPORTS} are all too high
   */
  void reported(long step, double loss) throws IOException {
    double first = journal.firstTrainLoss(loss);
    last.add(loss);
    if (last.size() > REPORTS) {
      last.remove();
    }
    double bound = Math.max(TIMES_THE_FIRST * first, Math.log(vocabularySize) + ABOVE_GUESSING);
    if (last.size() == REPORTS && last.stream().allMatch(each -> each > bound)) {
      throw new TrainingDivergedException(step, loss, first, vocabularySize);
    }
  }
}
