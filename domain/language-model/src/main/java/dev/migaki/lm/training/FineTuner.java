package dev.migaki.lm.training;

import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
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
   * @param batchTokens most tokens of a step, padding included
   * @param promptTokenDropout share of question tokens left out of each example, anew every epoch:
   *     a regulariser against learning questions by heart
   * @param answerOpening tokens that repeated answers are shortened to, see {@link AnswerOpenings};
   *     0 for none
   * @param clipNorm largest gradient norm, 0 for none
   * @param optimizer AdamW settings
   * @param precision element type of matrix products
   * @param lanes threads that share a step, see {@link Lanes}
   * @param seed decides order, dropout and the adapter's first values
   */
  public record Settings(
      @Nullable LoraSettings lora,
      int batchTokens,
      double promptTokenDropout,
      int answerOpening,
      double clipNorm,
      AdamW.Settings optimizer,
      Precision precision,
      int lanes,
      long seed) {}

  private final Settings settings;
  private final ParameterBlock base;
  private final @Nullable LoraAdapter adapter;
  private final AdamW optimizer;
  private final AnswerOpenings examples;
  private final Lanes threads;
  private final List<TrainingLane> lanes = new ArrayList<>();
  private final List<ParameterBlock> replicas = new ArrayList<>();
  private final int multiple;
  private final List<Integer> stepsByEpoch = new ArrayList<>();
  private List<List<ChatExample>> batches = List.of();
  private int epoch = -1;

  /**
   * @param base the model's parameters; owned by the tuner from now on. Changed in place by full
   *     fine-tuning, frozen by LoRA
   */
  public FineTuner(
      ModelConfig config, Settings settings, ParameterBlock base, List<ChatExample> examples) {
    this.settings = settings;
    this.base = base;
    this.examples =
        new AnswerOpenings(List.copyOf(examples), settings.answerOpening(), settings.seed());
    // bfloat16 kernels like multiples of eight; in full precision padding is only a waste
    this.multiple = settings.precision() == Precision.BF16 ? 8 : 1;
    this.threads = new Lanes(settings.lanes());
    ScalarType parameterType = settings.precision().parameterType();
    RotaryPositions positions =
        RotaryPositions.table(
                config, BatchPlan.padded(config.maxPositions(), multiple), parameterType)
            .as(settings.precision().type());
    if (settings.lora() == null) {
      this.adapter = null;
    } else {
      this.adapter =
          LoraAdapter.initialise(config, settings.lora(), base, settings.seed(), parameterType);
    }
    addLanes(config, positions);
    this.optimizer =
        new AdamW(
            trained(),
            settings.optimizer(),
            lanes.stream().skip(1).map(TrainingLane::trained).toList(),
            threads);
  }

  private void addLanes(ModelConfig config, RotaryPositions positions) {
    Precision precision = settings.precision();
    LoraAdapter first = adapter;
    if (first == null) {
      lanes.add(TrainingLane.full(config, precision, base, positions));
      for (int i = 1; i < threads.count(); i++) {
        ParameterBlock replica = base.replica();
        replicas.add(replica);
        lanes.add(TrainingLane.full(config, precision, replica, positions));
      }
      return;
    }
    // the frozen matrices are converted once, not in every step
    LlamaWeights frozen = LlamaWeights.frozen(config, base).withMatricesAs(precision.type());
    lanes.add(TrainingLane.lora(config, precision, first, frozen, positions));
    for (int i = 1; i < threads.count(); i++) {
      LoraAdapter replica = first.replica();
      replicas.add(replica.parameters());
      lanes.add(TrainingLane.lora(config, precision, replica, frozen, positions));
    }
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

  /**
   * Steps that {@code epochs} passes over the examples take; passes differ by a step or two,
   * because batches are put together anew.
   */
  public long steps(double epochs) {
    int whole = (int) epochs;
    long steps = 0;
    for (int i = 0; i < whole; i++) {
      steps += stepsOf(i);
    }
    return Math.max(1, steps + Math.round((epochs - whole) * stepsOf(whole)));
  }

  /** Passes over the examples that are done after {@code steps} steps. */
  public double epochs(long steps) {
    int whole = 0;
    long left = steps;
    while (left >= stepsOf(whole)) {
      left -= stepsOf(whole++);
    }
    return whole + (double) left / stepsOf(whole);
  }

  private int stepsOf(int number) {
    while (stepsByEpoch.size() <= number) {
      stepsByEpoch.add(plan(stepsByEpoch.size()).size());
    }
    return stepsByEpoch.get(number);
  }

  private List<ChatExample> examplesOf(long step) {
    int wanted = 0;
    long left = step;
    while (left >= stepsOf(wanted)) {
      left -= stepsOf(wanted++);
    }
    if (wanted != epoch) {
      epoch = wanted;
      batches = plan(epoch);
    }
    return batches.get((int) left);
  }

  private List<List<ChatExample>> plan(int number) {
    return BatchPlan.epoch(
        examples.of(number), settings.batchTokens(), multiple, settings.seed(), number);
  }

  /**
   * What one step did.
   *
   * @param tokens tokens of the step's conversations, without padding and before token dropout:
   *     what a quote counts
   */
  public record StepResult(TokenLoss.Outcome outcome, double gradientNorm, long tokens) {}

  /**
   * Does step number {@code step}.
   *
   * @param step from 0
   * @throws TrainingDivergedException when the loss is no finite number
   */
  public StepResult stepInPlace(long step, double learningRate) {
    long stepSeed = BatchPlan.mix(settings.seed(), 1_000_000_007L + step);
    List<ChatExample> chosen = examplesOf(step);
    TokenLoss.Outcome outcome =
        backward(BatchPlan.thinned(chosen, settings.promptTokenDropout(), stepSeed), stepSeed);
    if (!Double.isFinite(outcome.weightedLoss())) {
      throw new TrainingDivergedException(step);
    }
    double norm = optimizer.stepInPlace(learningRate, settings.clipNorm());
    if (!Double.isFinite(norm)) {
      throw new TrainingDivergedException(step);
    }
    return new StepResult(
        outcome, norm, chosen.stream().mapToLong(example -> example.tokens().length).sum());
  }

  /** Each lane back-propagates its part of the batch. */
  private TokenLoss.Outcome backward(List<ChatExample> batch, long stepSeed) {
    List<TokenBatch> parts =
        BatchPlan.parts(batch, lanes.size()).stream()
            .map(part -> BatchPlan.batch(part, multiple))
            .toList();
    double weight = parts.stream().mapToDouble(TokenBatch::weight).sum();
    TokenLoss.Outcome[] outcomes = new TokenLoss.Outcome[parts.size()];
    threads.run(
        lane -> {
          if (lane < outcomes.length) {
            outcomes[lane] =
                lanes
                    .get(lane)
                    .backwardInPlace(parts.get(lane), weight, BatchPlan.mix(stepSeed, lane));
          }
        });
    return Stream.of(outcomes).reduce(TokenLoss.Outcome.NONE, TokenLoss.Outcome::plus);
  }

  /**
   * Holds on to what the parameters do for earlier examples: from now on each weight is pulled back
   * to its present value, by its importance for them (elastic weight consolidation).
   *
   * @param earlier examples that must not be forgotten
   * @param strength {@code λ}; importance has a mean of one, so 0.1 pulls a typical weight with a
   *     tenth of its distance
   */
  public void consolidateInPlace(List<ChatExample> earlier, double strength) {
    List<Tensor> squares = new ArrayList<>();
    for (int i = 0; i < lanes.size(); i++) {
      squares.add(torch.zeros_like(trained().values()));
    }
    threads.run(
        lane -> {
          for (int i = lane; i < earlier.size(); i += lanes.size()) {
            lanes
                .get(lane)
                .squaredGradientsInPlace(
                    BatchPlan.batch(List.of(earlier.get(i)), multiple), squares.get(lane));
          }
        });
    optimizer.elastic(ElasticWeights.anchored(trained(), squares, strength));
    squares.forEach(Tensor::close);
  }

  /**
   * The loss of every example by itself, which names the rows that make a loss spike.
   *
   * @return one outcome per example, in their order
   */
  public List<TokenLoss.Outcome> evaluateEach(List<ChatExample> measured) {
    TokenLoss.Outcome[] outcomes = new TokenLoss.Outcome[measured.size()];
    threads.each(
        outcomes.length,
        i ->
            outcomes[i] =
                lanes
                    .get(i % lanes.size())
                    .measure(BatchPlan.batch(List.of(measured.get(i)), multiple)));
    return List.of(outcomes);
  }

  /** Mean loss and token accuracy on other examples, without dropout. */
  public TokenLoss.Outcome evaluate(List<ChatExample> heldOut) {
    List<List<ChatExample>> parts =
        BatchPlan.epoch(heldOut, Math.max(settings.batchTokens(), 1024), multiple, 0, 0);
    TokenLoss.Outcome[] outcomes = new TokenLoss.Outcome[parts.size()];
    threads.run(
        lane -> {
          for (int i = lane; i < outcomes.length; i += threads.count()) {
            outcomes[i] = lanes.get(lane).measure(BatchPlan.batch(parts.get(i), multiple));
          }
        });
    return Stream.of(outcomes).reduce(TokenLoss.Outcome.NONE, TokenLoss.Outcome::plus);
  }

  /** A step's gradients without an update, for gradient checks. */
  TokenLoss.Outcome gradients(List<ChatExample> batch) {
    TokenLoss.Outcome outcome = backward(batch, 0);
    optimizer.sumGradientsInPlace();
    return outcome;
  }

  @Override
  public void close() {
    threads.close();
    optimizer.close();
    lanes.forEach(TrainingLane::close);
    replicas.forEach(ParameterBlock::close);
    if (adapter != null) {
      adapter.close();
    }
    base.close();
  }
}
