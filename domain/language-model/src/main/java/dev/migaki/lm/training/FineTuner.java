package dev.migaki.lm.training;

import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Supervised fine-tuning on conversations, of all parameters or of a LoRA adapter.
 *
 * <p>The caller owns time, progress and files. A step depends only on the state in {@link
 * #trained()}, {@link #optimizer()} and its number, so a run that continues from a checkpoint ends
 * with the same bytes as one that was never interrupted.
 */
public final class FineTuner implements AutoCloseable {

  /**
   * @param lora the adapter's shape, or null to train all parameters
   * @param batchTokens tokens per step, padding included
   * @param promptTokenDropout share of question tokens left out of each example, anew every epoch:
   *     a regulariser against learning questions by heart
   * @param clipNorm largest gradient norm, 0 for none
   * @param optimizer AdamW settings
   * @param precision element type of matrix products
   * @param seed decides order, dropout and the adapter's first values
   */
  public record Settings(
      @Nullable LoraSettings lora,
      int batchTokens,
      double promptTokenDropout,
      double clipNorm,
      AdamW.Settings optimizer,
      Precision precision,
      long seed) {}

  private final ModelConfig config;
  private final Settings settings;
  private final ParameterBlock base;
  private final @Nullable LoraAdapter adapter;
  private final LlamaWeights weights;
  private final LlamaWeights computed;
  private final AdamW optimizer;
  private final List<ChatExample> examples;
  private final RotaryPositions positions;
  private final LlamaForward forward;
  private final TokenLoss loss;
  private final Map<Integer, Attention> attentionByLength = new HashMap<>();
  private List<List<ChatExample>> batches = List.of();
  private int epoch = -1;

  /**
   * @param base the model's parameters; owned by the tuner from now on. Changed in place by full
   *     fine-tuning, frozen by LoRA
   */
  public FineTuner(
      ModelConfig config, Settings settings, ParameterBlock base, List<ChatExample> examples) {
    this.config = config;
    this.settings = settings;
    this.base = base;
    this.examples = List.copyOf(examples);
    ScalarType type = settings.precision().type();
    if (settings.lora() == null) {
      this.adapter = null;
      this.weights = LlamaWeights.leaves(config, base);
      this.computed = weights;
    } else {
      this.adapter =
          LoraAdapter.initialise(
              config, settings.lora(), base, settings.seed(), settings.precision().parameterType());
      this.weights = adapter.over(LlamaWeights.frozen(config, base));
      // the frozen matrices are converted once, not in every step
      this.computed = weights.withMatricesAs(type);
    }
    this.optimizer = new AdamW(trained(), settings.optimizer());
    this.positions =
        RotaryPositions.table(
                config,
                BatchPlan.padded(config.maxPositions()),
                settings.precision().parameterType())
            .as(type);
    this.forward = new LlamaForward(config, type);
    this.loss = new TokenLoss(type);
  }

  /** The parameters that training changes. */
  public ParameterBlock trained() {
    return adapter == null ? base : adapter.parameters();
  }

  /** The adapter in training; empty when all parameters are trained. */
  public Optional<LoraAdapter> adapter() {
    return Optional.ofNullable(adapter);
  }

  /** The optimizer, for checkpoints. */
  public AdamW optimizer() {
    return optimizer;
  }

  /** Steps of an epoch; epochs differ by a step or two, the first one counts. */
  public int stepsPerEpoch() {
    return BatchPlan.epoch(examples, settings.batchTokens(), settings.seed(), 0).size();
  }

  /** What one step did. */
  public record StepResult(TokenLoss.Outcome outcome, double gradientNorm, long tokens) {}

  /**
   * Does step number {@code step}.
   *
   * @param step from 0
   * @param stepsPerEpoch as {@link #stepsPerEpoch()} said
   * @throws TrainingDivergedException when the loss is no finite number
   */
  public StepResult stepInPlace(long step, int stepsPerEpoch, double learningRate) {
    int wanted = (int) (step / stepsPerEpoch);
    if (wanted != epoch) {
      epoch = wanted;
      batches = BatchPlan.epoch(examples, settings.batchTokens(), settings.seed(), epoch);
    }
    long stepSeed = BatchPlan.mix(settings.seed(), 1_000_000_007L + step);
    // a later epoch may have a batch more or less than the first; the index stays inside
    List<ChatExample> chosen = batches.get((int) (step % stepsPerEpoch) % batches.size());
    TokenBatch batch = BatchPlan.batch(chosen, settings.promptTokenDropout(), stepSeed);
    torch.manual_seed(stepSeed);
    TokenLoss.Outcome outcome = backward(batch);
    if (!Double.isFinite(outcome.weightedLoss())) {
      throw new TrainingDivergedException(step);
    }
    double norm = optimizer.stepInPlace(learningRate, settings.clipNorm());
    if (!Double.isFinite(norm)) {
      throw new TrainingDivergedException(step);
    }
    return new StepResult(outcome, norm, batch.inputs().length);
  }

  private TokenLoss.Outcome backward(TokenBatch batch) {
    try (PointerScope scope = new PointerScope()) {
      Labelled labelled = labelled(batch, true);
      Tensor headGradient = weights.head().requires_grad() ? weights.head().mutable_grad() : null;
      return loss.backwardInPlace(
          labelled.hidden(),
          weights.head(),
          labelled.targets(),
          labelled.weights(),
          batch.weight(),
          headGradient);
    }
  }

  private record Labelled(Tensor hidden, Tensor targets, Tensor weights) {}

  /**
   * States, targets and weights of the supervised positions only: the head is the dearest product,
   * and prompts do not need it.
   */
  private Labelled labelled(TokenBatch batch, boolean training) {
    LlamaWeights current =
        settings.lora() == null ? weights.withMatricesAs(settings.precision().type()) : computed;
    Tensor hidden =
        forward.hidden(
            current,
            adapter == null ? null : adapter.weights(settings.precision().type(), training),
            batch.inputTensor(),
            batch.batch(),
            batch.length(),
            positions.range(0, batch.length()),
            attention(batch.length()));
    long[] at = batch.supervised();
    Tensor index = Tensor.create(at, at.length);
    return new Labelled(
        hidden.index_select(0, index),
        batch.targetTensor().index_select(0, index),
        batch.weightTensor(settings.precision().parameterType()).index_select(0, index));
  }

  private Attention attention(int length) {
    if (settings.precision() != Precision.BF16) {
      return Attention.fusedCausal();
    }
    Attention known = attentionByLength.get(length);
    if (known == null) {
      // created inside a step's scope, but needed by later ones
      known =
          Attention.batchedCausal(
              length, config.heads() / config.keyValueHeads(), settings.precision().type());
      attentionByLength.put(length, known);
    }
    return known;
  }

  /** Mean loss and token accuracy on other examples, without dropout. */
  public TokenLoss.Outcome evaluate(List<ChatExample> heldOut) {
    TokenLoss.Outcome total = new TokenLoss.Outcome(0, 0, 0, 0);
    for (List<ChatExample> part :
        BatchPlan.epoch(heldOut, Math.max(settings.batchTokens(), 2048), 0, 0)) {
      try (AutoGradMode guard = new AutoGradMode(false);
          PointerScope scope = new PointerScope()) {
        Labelled labelled = labelled(BatchPlan.batch(part, 0, 0), false);
        total =
            total.plus(
                loss.measure(
                    labelled.hidden(), weights.head(), labelled.targets(), labelled.weights()));
      }
    }
    return total;
  }

  /** A step's gradients without an update, for gradient checks. */
  TokenLoss.Outcome gradients(List<ChatExample> batch) {
    return backward(BatchPlan.batch(batch, 0, 0));
  }

  @Override
  public void close() {
    optimizer.close();
    if (adapter != null) {
      adapter.close();
    }
    base.close();
  }
}
