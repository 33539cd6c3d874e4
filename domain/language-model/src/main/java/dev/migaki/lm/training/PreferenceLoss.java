package dev.migaki.lm.training;

/**
 * Direct preference optimisation (Rafailov 2023, arXiv:2305.18290, eq. 7): {@code −log σ(z)} with
 * {@code z = β·((log π(y_w) − log π_ref(y_w)) − (log π(y_l) − log π_ref(y_l)))}, {@code y_w} the
 * preferred and {@code y_l} the other answer, {@code π_ref} the model before training.
 *
 * <p>{@code z} is the reward margin: how much more the preferred answer has gained. The gradient
 * with respect to each answer token's log-likelihood is {@code ∓β·σ(−z)}, so the back-propagation
 * is that of {@link TokenLoss} with the weight {@code β·σ(−z)} on preferred and {@code −β·σ(−z)} on
 * other answers' tokens.
 *
 * @param beta {@code β}, above 0 and at most {@link #LARGEST_BETA}: how dear it is to leave the
 *     reference
 */
public record PreferenceLoss(double beta) {

  /** As in OpenAI's fine-tuning API. */
  public static final double LARGEST_BETA = 2;

  public PreferenceLoss {
    if (!allows(beta)) {
      throw new IllegalArgumentException("beta must be above 0, at most 2: " + beta);
    }
  }

  /** Whether {@code β} is in its range, for those who check input before it gets here. */
  public static boolean allows(double beta) {
    return beta > 0 && beta <= LARGEST_BETA;
  }

  /**
   * What some pairs gave.
   *
   * @param lossSum summed losses, natural logarithm
   * @param marginSum summed reward margins
   * @param right pairs with a margin above 0
   * @param pairs all pairs
   */
  public record Outcome(double lossSum, double marginSum, long right, long pairs) {

    /** No pair yet. */
    public static final Outcome NONE = new Outcome(0, 0, 0, 0);

    /** Mean loss; {@code ln 2} before the first step. */
    public double loss() {
      return lossSum / Math.max(1, pairs);
    }

    /** Mean reward margin. */
    public double margin() {
      return marginSum / Math.max(1, pairs);
    }

    /** Share of pairs whose preferred answer has gained more than the other one. */
    public double accuracy() {
      return (double) right / Math.max(1, pairs);
    }

    /** Adds other pairs. */
    public Outcome plus(Outcome other) {
      return new Outcome(
          lossSum + other.lossSum,
          marginSum + other.marginSum,
          right + other.right,
          pairs + other.pairs);
    }
  }

  /**
   * Loss and gradient of some pairs.
   *
   * @param rowWeights one per row: {@link TokenLoss}'s weight of each of its answer tokens
   */
  record Pull(Outcome outcome, double[] rowWeights) {}

  /**
   * @param rowLogLikelihoods by the model in training, rows as in {@link PreferenceBatch}
   * @param references see {@link PreferenceBatch}
   */
  Pull pull(double[] rowLogLikelihoods, double[] references) {
    double[] differences = PreferenceBatch.differences(rowLogLikelihoods);
    double[] rowWeights = new double[rowLogLikelihoods.length];
    Outcome outcome = Outcome.NONE;
    for (int i = 0; i < differences.length; i++) {
      Outcome pair = outcome(differences[i], references[i]);
      outcome = outcome.plus(pair);
      double weight = beta / (1 + Math.exp(pair.marginSum()));
      rowWeights[2 * i] = weight;
      rowWeights[2 * i + 1] = -weight;
    }
    return new Pull(outcome, rowWeights);
  }

  /**
   * Of one pair.
   *
   * @param difference log-likelihood of the preferred answer less that of the other one
   * @param reference the same by the model before training
   */
  Outcome outcome(double difference, double reference) {
    double margin = beta * (difference - reference);
    // the exponential of a large positive number would be infinite
    double loss = Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, -margin);
    return new Outcome(loss, margin, margin > 0 ? 1 : 0, 1);
  }
}
