package dev.migaki.lm.training;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * One thread's share of the steps: forward and backward passes over the shared parameters into
 * gradients of its own.
 */
final class TrainingLane implements AutoCloseable {

  private final ModelConfig config;
  private final Precision precision;
  private final ParameterBlock trained;
  private final @Nullable LoraAdapter adapter;
  private final LlamaWeights weights;
  private final @Nullable LlamaWeights frozen;
  private final RotaryPositions positions;
  private final LlamaForward forward;
  private final TokenLoss loss;
  private final Generator random = torch.make_generator_cpu();
  private final Map<Integer, Attention> attentionByLength = new HashMap<>();

  private TrainingLane(
      ModelConfig config,
      Precision precision,
      ParameterBlock trained,
      @Nullable LoraAdapter adapter,
      LlamaWeights weights,
      @Nullable LlamaWeights frozen,
      RotaryPositions positions) {
    this.config = config;
    this.precision = precision;
    this.trained = trained;
    this.adapter = adapter;
    this.weights = weights;
    this.frozen = frozen;
    this.positions = positions;
    this.forward = new LlamaForward(config, precision.type());
    this.loss = new TokenLoss(precision.type());
  }

  /** Trains all parameters. */
  static TrainingLane full(
      ModelConfig config, Precision precision, ParameterBlock base, RotaryPositions positions) {
    return new TrainingLane(
        config, precision, base, null, LlamaWeights.leaves(config, base), null, positions);
  }

  /**
   * Trains an adapter.
   *
   * @param base the frozen weights, their matrices in the compute type
   */
  static TrainingLane lora(
      ModelConfig config,
      Precision precision,
      LoraAdapter adapter,
      LlamaWeights base,
      RotaryPositions positions) {
    LlamaWeights weights = adapter.over(base);
    return new TrainingLane(
        config, precision, adapter.parameters(), adapter, weights, weights, positions);
  }

  /** The parameters with this lane's gradients. */
  ParameterBlock trained() {
    return trained;
  }

  /**
   * Adds the batch's gradients to this lane's.
   *
   * @param normalizer what the summed loss is divided by
   * @param seed decides the dropout
   */
  TokenLoss.Outcome backwardInPlace(TokenBatch batch, double normalizer, long seed) {
    try (PointerScope scope = new PointerScope()) {
      random.set_current_seed(seed);
      return backwardInPlace(batch, normalizer, Optional.of(new GeneratorOptional(random)));
    }
  }

  private TokenLoss.Outcome backwardInPlace(
      TokenBatch batch, double normalizer, Optional<GeneratorOptional> dropout) {
    try (PointerScope scope = new PointerScope()) {
      Labelled labelled = labelled(batch, dropout);
      return loss.backwardInPlace(
          labelled.hidden(),
          weights.head(),
          labelled.targets(),
          labelled.weights(),
          normalizer,
          headGradient());
    }
  }

  /**
   * Adds the squared gradients of the batch's likelihood to {@code squares} and clears the
   * gradients.
   *
   * @param squares flat, as long as {@link #trained()}
   */
  void squaredGradientsInPlace(TokenBatch batch, Tensor squares) {
    backwardInPlace(batch, 1.0, Optional.empty());
    try (AutoGradMode guard = new AutoGradMode(false)) {
      squares.addcmul_(trained.gradients(), trained.gradients(), new Scalar(1.0));
      trained.gradients().zero_();
    }
  }

  /** Loss without gradients and without dropout. */
  TokenLoss.Outcome measure(TokenBatch batch) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      Labelled labelled = labelled(batch, Optional.empty());
      return loss.measure(
          labelled.hidden(), weights.head(), labelled.targets(), labelled.weights());
    }
  }

  /**
   * The log-likelihood of each row's supervised tokens, without gradients and without dropout.
   *
   * @return one sum per row
   */
  double[] logLikelihoods(TokenBatch batch) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      return rowSums(batch, labelled(batch, Optional.empty()));
    }
  }

  /**
   * Adds the gradients of a batch of pairs to this lane's.
   *
   * @param normalizer what the summed loss is divided by
   * @param seed decides the dropout
   */
  PreferenceLoss.Outcome backwardInPlace(
      PreferenceLoss preference, PreferenceBatch batch, double normalizer, long seed) {
    try (PointerScope scope = new PointerScope()) {
      random.set_current_seed(seed);
      TokenBatch rows = batch.rows();
      Labelled labelled = labelled(rows, Optional.of(new GeneratorOptional(random)));
      PreferenceLoss.Pull pull = preference.pull(rowSums(rows, labelled), batch.references());
      long[] at = rows.supervised();
      double[] signed = new double[at.length];
      for (int i = 0; i < at.length; i++) {
        signed[i] = pull.rowWeights()[(int) (at[i] / rows.length())];
      }
      loss.backwardInPlace(
          labelled.hidden(),
          weights.head(),
          labelled.targets(),
          DeviceTensors.of(signed, signed.length).to(precision.parameterType()),
          normalizer,
          headGradient());
      return pull.outcome();
    }
  }

  private double[] rowSums(TokenBatch batch, Labelled labelled) {
    double[] single =
        loss.logLikelihoods(
            labelled.hidden(), weights.head(), labelled.targets(), precision.parameterType());
    long[] at = batch.supervised();
    double[] sums = new double[batch.batch()];
    for (int i = 0; i < at.length; i++) {
      sums[(int) (at[i] / batch.length())] += single[i];
    }
    return sums;
  }

  private @Nullable Tensor headGradient() {
    return weights.head().requires_grad() ? weights.head().mutable_grad() : null;
  }

  private record Labelled(Tensor hidden, Tensor targets, Tensor weights) {}

  /**
   * States, targets and weights of the supervised positions only: the head is the dearest product,
   * and prompts do not need it.
   */
  private Labelled labelled(TokenBatch batch, Optional<GeneratorOptional> dropout) {
    LlamaWeights current = frozen == null ? weights.withMatricesAs(precision.type()) : frozen;
    long[] at = batch.supervised();
    Tensor index = DeviceTensors.of(at, at.length);
    Tensor hidden =
        forward.hidden(
            current,
            adapter == null ? null : adapter.weights(precision.type(), dropout),
            batch.inputTensor(),
            batch.batch(),
            batch.length(),
            positions.range(0, batch.length()),
            attention(batch.length()),
            index);
    return new Labelled(
        hidden,
        batch.targetTensor().index_select(0, index),
        batch.weightTensor(precision.parameterType()).index_select(0, index));
  }

  private Attention attention(int length) {
    if (Attention.fusedIsFaster(precision.type())) {
      return Attention.fusedCausal();
    }
    Attention known = attentionByLength.get(length);
    if (known == null) {
      // created inside a step's scope, but needed by later ones
      known =
          Attention.batchedCausal(
              length, config.heads() / config.keyValueHeads(), precision.type());
      attentionByLength.put(length, known);
    }
    return known;
  }

  @Override
  public void close() {
    random.close();
  }
}
