package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.migaki.lm.model.ParameterBlock;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * AdamW with decoupled weight decay (arXiv:1711.05101) over a flat {@link ParameterBlock}.
 *
 * <p>The update runs over pieces that fit the second-level cache: seven passes over a piece in cache cost less than one over all of memory.
 */
public final class AdamW implements AutoCloseable {

  private static final long PIECE = 1 << 16;

  /**
   * @param beta1 decay of the gradient's mean
   * @param beta2 decay of the squared gradient's mean
   * @param epsilon added to the root
   * @param weightDecay share of a matrix removed per step and unit of learning rate; norms are not decayed
   */
  public record Settings(double beta1, double beta2, double epsilon, double weightDecay) {}

  private final ParameterBlock parameters;
  private final Settings settings;
  private final Tensor mean;
  private final Tensor variance;
  private long steps;

  public AdamW(ParameterBlock parameters, Settings settings) {
    this.parameters = parameters;
    this.settings = settings;
    this.mean = zeros_like(parameters.values());
    this.variance = zeros_like(parameters.values());
  }

  /** Flat first moments; shared. */
  public Tensor mean() {
    return mean;
  }

  /** Flat second moments; shared. */
  public Tensor variance() {
    return variance;
  }

  /** Updates done so far; decides the bias correction. */
  public long steps() {
    return steps;
  }

  /** Continues after {@code steps} updates whose moments were put into {@link #mean()} and {@link #variance()}. */
  public void resumeInPlace(long steps) {
    this.steps = steps;
  }

  /**
   * Scales the gradients so that their norm is at most {@code maxNorm}, updates all parameters and clears the gradients.
   *
   * @return the norm before scaling
   */
  public double stepInPlace(double learningRate, double maxNorm) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      double norm = parameters.gradients().norm().item_double();
      double factor = maxNorm > 0 && norm > maxNorm ? maxNorm / (norm + 1e-6) : 1.0;
      steps++;
      for (long start = 0; start < parameters.size(); ) {
        boolean decayed = start < parameters.matrixSize();
        long end = Math.min(decayed ? parameters.matrixSize() : parameters.size(), start + PIECE);
        updatePiece(start, end - start, learningRate, factor, decayed ? settings.weightDecay() : 0);
        start = end;
      }
      return norm;
    }
  }

  private void updatePiece(long start, long length, double learningRate, double factor, double decay) {
    try (PointerScope scope = new PointerScope()) {
      Tensor value = parameters.values().narrow(0, start, length);
      Tensor gradient = parameters.gradients().narrow(0, start, length);
      Tensor first = mean.narrow(0, start, length);
      Tensor second = variance.narrow(0, start, length);
      if (factor != 1.0) {
        gradient.mul_(new Scalar(factor));
      }
      first.lerp_(gradient, new Scalar(1 - settings.beta1()));
      second.mul_(new Scalar(settings.beta2())).addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
      double firstCorrection = 1 - Math.pow(settings.beta1(), steps);
      double secondCorrection = 1 - Math.pow(settings.beta2(), steps);
      Tensor denominator =
          second.sqrt().div_(new Scalar(Math.sqrt(secondCorrection))).add_(new Scalar(settings.epsilon()));
      if (decay != 0) {
        value.mul_(new Scalar(1 - learningRate * decay));
      }
      value.addcdiv_(first, denominator, new Scalar(-learningRate / firstCorrection));
      gradient.zero_();
    }
  }

  @Override
  public void close() {
    mean.close();
    variance.close();
  }
}
