package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.training.Tuner;
import java.util.List;

/** What a run makes better step by step, and how it tells of it. */
sealed interface Objective extends AutoCloseable permits AnswerObjective, PreferenceObjective {

  Tuner<?> tuner();

  /** What a run that is started again must do again before its checkpoint is restored. */
  void prepareInPlace();

  /**
   * Does a step.
   *
   * @return tokens of its conversations
   */
  long stepInPlace(long step, double learningRate);

  /**
   * Adds loss and accuracy of the steps since the last report to a line.
   *
   * @return the loss
   */
  double report(ObjectNode line);

  /** Whether there are held-out examples. */
  boolean validates();

  /**
   * Adds loss and accuracy on the held-out examples to a line.
   *
   * @return the loss
   */
  double validate(ObjectNode line);

  /** Every training example's loss, with its line in the file. */
  List<ObjectNode> exampleLosses();

  /** Adds to the run's result what only this objective knows. */
  void describe(ObjectNode result);

  @Override
  default void close() {
    tuner().close();
  }
}
