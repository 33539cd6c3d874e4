package dev.migaki.eval.domain;

import dev.migaki.metrics.PromotionGate;

/**
 * The gate block of a recipe.
 *
 * @param thresholds limits of the gate
 * @param fewShotExamples examples that the few-shot prompt shows
 * @param maxNewTokens longest answer in tokens
 * @param maxQuestions most questions of a language that an evaluation asks (answerable and
 *     unanswerable each)
 */
public record GateSettings(
    PromotionGate.Thresholds thresholds, int fewShotExamples, int maxNewTokens, int maxQuestions) {
  public static final GateSettings DEFAULTS =
      new GateSettings(new PromotionGate.Thresholds(0.6, 0.6, 5), 3, 96, 80);

  /** Where the settings of a dataset come from. */
  public interface Source {
    /** A faulty recipe is a transient failure: its models wait until it is right. */
    GateSettings of(String dataset);
  }
}
