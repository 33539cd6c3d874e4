package dev.migaki.eval.domain;

import java.util.List;

/**
 * How the loss fell during a run.
 *
 * @param train training loss by step, nats per supervised token
 * @param validation validation loss by step, nats per supervised token
 */
public record LossCurve(List<Point> train, List<Point> validation) {
  public LossCurve {
    train = List.copyOf(train);
    validation = List.copyOf(validation);
  }

  /** A loss at a step. */
  public record Point(int step, double loss) {}

  /** Lowest validation loss, NaN without one. */
  public double bestValidationLoss() {
    return validation.stream().mapToDouble(Point::loss).min().orElse(Double.NaN);
  }

  /** Last validation loss, NaN without one. */
  public double lastValidationLoss() {
    return validation.isEmpty() ? Double.NaN : validation.get(validation.size() - 1).loss();
  }

  /** Mean training loss of the last tenth of the steps, NaN without any. */
  public double lastTrainLoss() {
    int from = train.size() - Math.max(1, train.size() / 10);
    return train.subList(Math.max(0, from), train.size()).stream()
        .mapToDouble(Point::loss)
        .average()
        .orElse(Double.NaN);
  }
}
