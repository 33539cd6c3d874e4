package dev.migaki.metrics;

/**
 * How far a model learned its training examples by heart, by the ratio of validation to training
 * loss (bands as published for hosted fine-tuning: below 1.2 healthy, to 1.5 mild, to 2 moderate,
 * above severe). A model that has to know answers by heart will show a high ratio and be right on
 * held-out wordings all the same, so the band is shown and explained and never blocks by itself.
 */
public enum Overfitting {
  HEALTHY,
  MILD,
  MODERATE,
  SEVERE,
  UNKNOWN;

  /** The band of a ratio; {@link #UNKNOWN} when it was not measured. */
  public static Overfitting of(double validationToTrainLoss) {
    if (Double.isNaN(validationToTrainLoss) || Double.isInfinite(validationToTrainLoss)) {
      return UNKNOWN;
    }
    if (validationToTrainLoss < 1.2) {
      return HEALTHY;
    }
    if (validationToTrainLoss < 1.5) {
      return MILD;
    }
    return validationToTrainLoss <= 2 ? MODERATE : SEVERE;
  }
}
