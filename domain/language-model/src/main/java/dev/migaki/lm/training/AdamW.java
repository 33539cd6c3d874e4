package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.zeros_like;

import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.model.ParameterBlock;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * AdamW with decoupled weight decay (arXiv:1711.05101) over a flat {@link ParameterBlock}.
 *
 * <p>The update runs over pieces that fit the second-level cache: seven passes over a piece in
 * cache cost less than one over all of memory.
 */
public final class AdamW implements AutoCloseable {

  private static final long CACHED_PIECE = 1 << 16;
  private static final double MOMENTUM = 0.95;

  /**
   * @param beta1 decay of the gradient's mean
   * @param beta2 decay of the squared gradient's mean
   * @param epsilon added to the root
   * @param weightDecay share of a matrix removed per step and unit of learning rate; norms are not
   *     decayed
   * @param orthogonal whether the blocks' matrices follow {@link OrthogonalMomentum} instead
   *     (embedding, head and norms never do)
   */
  public record Settings(
      double beta1, double beta2, double epsilon, double weightDecay, boolean orthogonal) {

    /** AdamW for all parameters. */
    public Settings(double beta1, double beta2, double epsilon, double weightDecay) {
      this(beta1, beta2, epsilon, weightDecay, false);
    }
  }

  private final ParameterBlock parameters;
  private final Settings settings;
  private final Tensor mean;
  private final Tensor variance;
  private final List<ParameterBlock.Slice> ranges;
  private final List<ParameterBlock> replicas;
  private final Lanes lanes;
  private final long piece;
  private @Nullable ElasticWeights elastic;
  private long steps;

  public AdamW(ParameterBlock parameters, Settings settings) {
    this(parameters, settings, List.of(), new Lanes(1));
  }

  /**
   * @param replicas blocks that share {@code parameters}' values and whose gradients are added to
   *     its own in every step
   * @param lanes threads that do the update
   */
  AdamW(ParameterBlock parameters, Settings settings, List<ParameterBlock> replicas, Lanes lanes) {
    this.parameters = parameters;
    this.settings = settings;
    this.replicas = List.copyOf(replicas);
    this.lanes = lanes;
    this.piece =
        ComputeDevice.current() == ComputeDevice.CPU
            ? CACHED_PIECE
            : Math.max(1, parameters.size());
    this.ranges =
        settings.orthogonal()
            ? parameters.slices().values().stream().filter(slice -> !isBlockMatrix(slice)).toList()
            : List.of(new ParameterBlock.Slice("all", new long[] {parameters.size()}, 0));
    this.mean = zeros_like(parameters.values());
    this.variance = zeros_like(parameters.values());
  }

  /** Pulls the parameters back to an anchor from now on. */
  void elastic(ElasticWeights weights) {
    elastic = weights;
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

  /**
   * Continues after {@code steps} updates whose moments were put into {@link #mean()} and {@link
   * #variance()}.
   */
  public void resumeInPlace(long steps) {
    this.steps = steps;
  }

  /**
   * Scales the gradients so that their norm is at most {@code maxNorm}, updates all parameters and
   * clears the gradients.
   *
   * @return the norm before scaling
   */
  public double stepInPlace(double learningRate, double maxNorm) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      double norm = sumGradientsInPlace();
      double factor = maxNorm > 0 && norm > maxNorm ? maxNorm / (norm + 1e-6) : 1.0;
      steps++;
      if (settings.orthogonal()) {
        orthogonalStep(learningRate, factor);
      }
      for (ParameterBlock.Slice range : ranges) {
        adamStep(range.offset(), range.offset() + range.size(), learningRate, factor);
      }
      return norm;
    }
  }

  /** Adds the replicas' gradients and clears them; returns the norm of the sum. */
  double sumGradientsInPlace() {
    int pieces = (int) ((parameters.size() + piece - 1) / piece);
    double[] squares = new double[pieces];
    parameters.gradients();
    lanes.each(
        pieces,
        i -> {
          long start = i * piece;
          long length = Math.min(piece, parameters.size() - start);
          try (AutoGradMode guard = new AutoGradMode(false);
              PointerScope scope = new PointerScope()) {
            Tensor sum = parameters.gradients().narrow(0, start, length);
            for (ParameterBlock replica : replicas) {
              Tensor other = replica.gradients().narrow(0, start, length);
              sum.add_(other);
              other.zero_();
            }
            ElasticWeights pull = elastic;
            if (pull != null) {
              pull.addGradientInPlace(
                  sum, parameters.values().narrow(0, start, length), start, length);
            }
            squares[i] = sum.dot(sum).item_double();
          }
        });
    // in the order of the pieces, so the sum is the same for any number of threads
    double total = 0;
    for (double square : squares) {
      total += square;
    }
    return Math.sqrt(total);
  }

  private void adamStep(long from, long to, double learningRate, double factor) {
    long matrixEnd = Math.max(from, Math.min(to, parameters.matrixSize()));
    adamRange(from, matrixEnd, learningRate, factor, settings.weightDecay());
    adamRange(matrixEnd, to, learningRate, factor, 0);
  }

  private void adamRange(long from, long to, double learningRate, double factor, double decay) {
    lanes.each(
        (int) ((to - from + piece - 1) / piece),
        i -> {
          long start = from + i * piece;
          try (AutoGradMode guard = new AutoGradMode(false)) {
            updatePiece(start, Math.min(piece, to - start), learningRate, factor, decay);
          }
        });
  }

  /** Updates the blocks' matrices and clears their gradients. */
  private void orthogonalStep(double learningRate, double factor) {
    for (ParameterBlock.Slice slice : parameters.slices().values()) {
      if (!isBlockMatrix(slice)) {
        continue;
      }
      try (PointerScope scope = new PointerScope()) {
        Tensor value = parameters.values().narrow(0, slice.offset(), slice.size());
        Tensor gradient = parameters.gradients().narrow(0, slice.offset(), slice.size());
        Tensor momentum = mean.narrow(0, slice.offset(), slice.size());
        gradient.mul_(new Scalar(factor));
        momentum.mul_(new Scalar(MOMENTUM)).add_(gradient);
        Tensor ahead = gradient.add(momentum, new Scalar(MOMENTUM)).view(slice.shape());
        value.mul_(new Scalar(1 - learningRate * settings.weightDecay()));
        value.add_(
            OrthogonalMomentum.direction(ahead).reshape(slice.size()), new Scalar(-learningRate));
        gradient.zero_();
      }
    }
  }

  private static boolean isBlockMatrix(ParameterBlock.Slice slice) {
    return slice.shape().length == 2 && slice.name().contains(".layers.");
  }

  private void updatePiece(
      long start, long length, double learningRate, double factor, double decay) {
    try (PointerScope scope = new PointerScope()) {
      Tensor value = parameters.values().narrow(0, start, length);
      Tensor gradient = parameters.gradients().narrow(0, start, length);
      Tensor first = mean.narrow(0, start, length);
      Tensor second = variance.narrow(0, start, length);
      if (factor != 1.0) {
        gradient.mul_(new Scalar(factor));
      }
      first.lerp_(gradient, new Scalar(1 - settings.beta1()));
      second
          .mul_(new Scalar(settings.beta2()))
          .addcmul_(gradient, gradient, new Scalar(1 - settings.beta2()));
      double firstCorrection = 1 - Math.pow(settings.beta1(), (double) steps);
      double secondCorrection = 1 - Math.pow(settings.beta2(), (double) steps);
      Tensor denominator =
          second
              .sqrt()
              .div_(new Scalar(Math.sqrt(secondCorrection)))
              .add_(new Scalar(settings.epsilon()));
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
    if (elastic != null) {
      elastic.close();
    }
  }
}
