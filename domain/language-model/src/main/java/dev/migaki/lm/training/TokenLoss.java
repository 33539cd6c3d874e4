package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.softmax;
import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.migaki.lm.device.DeviceTensors;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Next-token cross-entropy with its gradient, computed a few hundred rows at a time.
 *
 * <p>Logits of a whole batch would be the largest tensor of a step ({@code N·V}); here only one
 * chunk of them exists at once, which keeps them in the processor's cache and off the autograd
 * tape. {@code N} rows, {@code D} width, {@code V} vocabulary.
 *
 * <p>{@code loss = Σ wᵢ · −log softmax(hᵢ·Wᵀ)[tᵢ] / Σ wᵢ}.
 */
public final class TokenLoss {

  private static final long CHUNK_ROWS = 512;

  private final ScalarType computeType;

  /**
   * @param computeType element type of the products with the head
   */
  public TokenLoss(ScalarType computeType) {
    this.computeType = computeType;
  }

  /**
   * What one batch gave.
   *
   * @param weightedLoss {@code Σ wᵢ·lossᵢ}, natural logarithm
   * @param weight {@code Σ wᵢ}
   * @param correct rows with positive weight whose most likely token is the target
   * @param rows rows with positive weight
   */
  public record Outcome(double weightedLoss, double weight, long correct, long rows) {

    /** No batch yet. */
    public static final Outcome NONE = new Outcome(0, 0, 0, 0);

    /** Mean loss per unit of weight. */
    public double mean() {
      return weight == 0 ? 0 : weightedLoss / weight;
    }

    /** Adds another batch. */
    public Outcome plus(Outcome other) {
      return new Outcome(
          weightedLoss + other.weightedLoss,
          weight + other.weight,
          correct + other.correct,
          rows + other.rows);
    }
  }

  /**
   * Loss only.
   *
   * @param hidden {@code [N, D]}
   * @param head {@code [V, D]}
   * @param targets {@code [N]} token ids
   * @param weights {@code [N]}, ≥ 0
   */
  public Outcome measure(Tensor hidden, Tensor head, Tensor targets, Tensor weights) {
    try (AutoGradMode guard = new AutoGradMode(false)) {
      return run(hidden, head, targets, weights, 1.0, null, null);
    }
  }

  /**
   * Loss, then back-propagation through {@code hidden}'s graph; the head's gradient is added to
   * {@code headGradient}.
   *
   * @param weights {@code [N]}; a negative one makes its target less likely, and does not count in
   *     the outcome's rows
   * @param normalizer the gradient is of {@code weightedLoss / normalizer}, so that micro-batches
   *     of one step weigh by their tokens
   * @param headGradient {@code [V, D]} to add to, or null when the head is frozen
   */
  public Outcome backwardInPlace(
      Tensor hidden,
      Tensor head,
      Tensor targets,
      Tensor weights,
      double normalizer,
      @Nullable Tensor headGradient) {
    Tensor hiddenGradient;
    Outcome outcome;
    try (AutoGradMode guard = new AutoGradMode(false)) {
      Tensor detached = hidden.detach();
      hiddenGradient = zeros_like(detached);
      outcome = run(detached, head, targets, weights, normalizer, hiddenGradient, headGradient);
    }
    hidden.backward(
        hiddenGradient,
        new org.bytedeco.pytorch.BoolOptional(),
        false,
        new org.bytedeco.pytorch.TensorArrayRefOptional());
    return outcome;
  }

  /**
   * How likely each target is; nothing is recorded for back-propagation.
   *
   * @param hidden {@code [N, D]}
   * @param head {@code [V, D]}
   * @param targets {@code [N]} token ids
   * @param lossType element type of the logarithms
   * @return {@code [N]} natural logarithms
   */
  double[] logLikelihoods(Tensor hidden, Tensor head, Tensor targets, ScalarType lossType) {
    int rows = Math.toIntExact(hidden.size(0));
    double[] all = new double[rows];
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope outer = new PointerScope()) {
      Tensor states = hidden.detach().to(computeType);
      Tensor matrix = head.detach().to(computeType);
      for (long start = 0; start < rows; start += CHUNK_ROWS) {
        long count = Math.min(CHUNK_ROWS, rows - start);
        try (PointerScope scope = new PointerScope()) {
          double[] chosen =
              DeviceTensors.doubles(
                  mm(states.narrow(0, start, count), matrix.t())
                      .to(lossType)
                      .log_softmax(-1)
                      .gather(1, targets.narrow(0, start, count).unsqueeze(1)));
          System.arraycopy(chosen, 0, all, (int) start, chosen.length);
        }
      }
    }
    return all;
  }

  private Outcome run(
      Tensor hidden,
      Tensor head,
      Tensor targets,
      Tensor weights,
      double normalizer,
      @Nullable Tensor hiddenGradient,
      @Nullable Tensor headGradient) {
    long rows = hidden.size(0);
    Tensor states = hidden.to(computeType);
    Tensor matrix = head.detach().to(computeType);
    Outcome total = new Outcome(0, 0, 0, 0);
    for (long start = 0; start < rows; start += CHUNK_ROWS) {
      long count = Math.min(CHUNK_ROWS, rows - start);
      try (PointerScope scope = new PointerScope()) {
        Tensor chunk = states.narrow(0, start, count);
        Tensor chunkWeights = weights.narrow(0, start, count);
        Tensor chunkTargets = targets.narrow(0, start, count).unsqueeze(1);
        // the reference type of the loss: at least float, double in gradient checks
        ScalarType lossType = weights.scalar_type();
        Tensor probabilities = softmax(mm(chunk, matrix.t()).to(lossType), -1);
        Tensor chosen = probabilities.gather(1, chunkTargets).squeeze(1);
        total = total.plus(outcome(probabilities, chosen, chunkTargets, chunkWeights));
        if (hiddenGradient != null) {
          probabilities.scatter_add_(
              1,
              chunkTargets,
              org.bytedeco.pytorch.global.torch.full_like(chosen, new Scalar(-1.0)).unsqueeze(1));
          probabilities.mul_(chunkWeights.unsqueeze(1).div(new Scalar(normalizer)));
          Tensor logitGradient = probabilities.to(computeType);
          hiddenGradient.narrow(0, start, count).copy_(mm(logitGradient, matrix));
          if (headGradient != null) {
            headGradient.add_(mm(logitGradient.t(), chunk));
          }
        }
      }
    }
    return total;
  }

  private static Outcome outcome(
      Tensor probabilities, Tensor chosen, Tensor targets, Tensor weights) {
    // a probability that underflows would give an infinite loss where a float logarithm is still
    // finite
    Tensor losses = chosen.clamp_min(new Scalar(1e-38)).log().neg().mul(weights);
    Tensor counted = weights.gt(new Scalar(0.0));
    Tensor correct =
        probabilities
            .argmax(new org.bytedeco.pytorch.LongOptional(1), false)
            .eq(targets.squeeze(1))
            .logical_and(counted);
    return new Outcome(
        losses.sum().item_double(),
        weights.sum().item_double(),
        correct.sum().item_long(),
        counted.sum().item_long());
  }
}
