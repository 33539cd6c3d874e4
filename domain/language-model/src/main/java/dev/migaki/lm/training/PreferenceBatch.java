package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Pairs as rows of one forward pass: of pair {@code i}, row {@code 2i} has the preferred answer and
 * row {@code 2i+1} the other one.
 *
 * @param rows the padded conversations
 * @param references one number per pair: log-likelihood of the preferred answer less that of the
 *     other one, by the model before training
 */
record PreferenceBatch(TokenBatch rows, double[] references) {

  /** The rows of pairs. */
  static TokenBatch rows(List<PreferencePair> pairs, int multiple) {
    List<ChatExample> examples = new ArrayList<>();
    for (PreferencePair pair : pairs) {
      examples.add(pair.preferred());
      examples.add(pair.rejected());
    }
    return BatchPlan.batch(examples, multiple);
  }

  /**
   * By how much each pair's preferred answer is likelier than the other one.
   *
   * @param rowLogLikelihoods as many as rows
   */
  static double[] differences(double[] rowLogLikelihoods) {
    double[] differences = new double[rowLogLikelihoods.length / 2];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = rowLogLikelihoods[2 * i] - rowLogLikelihoods[2 * i + 1];
    }
    return differences;
  }
}
