package dev.migaki.lm.training;

import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/** Supervised fine-tuning on conversations, of all parameters or of a LoRA adapter. */
public final class FineTuner extends Tuner<ChatExample> {

  /**
   * @param lora the adapter's shape, or null to train all parameters
   * @param batchTokens most tokens of a step, padding included
   * @param passTokens most tokens that are in work at once, all lanes together, padding included: a
   *     larger step adds up the gradients of several passes before its update, and its loss is
   *     divided by the whole step's weight, so the update is that of the undivided step but for the
   *     order of sums (and for the adapter's dropout, which is drawn anew in every pass). A single
   *     longer example is a pass of its own; 0 for whole steps
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
      int passTokens,
      double promptTokenDropout,
      int answerOpening,
      double clipNorm,
      AdamW.Settings optimizer,
      Precision precision,
      int lanes,
      long seed) {}

  /**
   * @param base the model's parameters; owned by the tuner from now on. Changed in place by full
   *     fine-tuning, frozen by LoRA
   */
  public FineTuner(
      ModelConfig config, Settings settings, ParameterBlock base, List<ChatExample> examples) {
    super(
        config,
        settings,
        base,
        new AnswerOpenings(List.copyOf(examples), settings.answerOpening(), settings.seed())::of);
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
    List<ChatExample> chosen = plan.of(step);
    TokenLoss.Outcome outcome =
        backward(BatchPlan.thinned(chosen, settings.promptTokenDropout(), stepSeed), stepSeed);
    if (!Double.isFinite(outcome.weightedLoss())) {
      throw new TrainingDivergedException(step);
    }
    double norm = model.updateInPlace(step, learningRate, settings.clipNorm());
    return new StepResult(
        outcome, norm, chosen.stream().mapToLong(example -> example.tokens().length).sum());
  }

  /** Each lane back-propagates its shares of the batch. */
  private TokenLoss.Outcome backward(List<ChatExample> batch, long stepSeed) {
    List<Share<ChatExample>> shares =
        BatchPlan.shares(batch, settings.passTokens(), model.multiple(), model.lanes());
    double weight = shares.stream().mapToDouble(share -> batchOf(share).weight()).sum();
    return model
        .eachShare(
            shares,
            (lane, share) ->
                lane.backwardInPlace(
                    batchOf(share), weight, BatchPlan.mix(stepSeed, share.number())))
        .reduce(TokenLoss.Outcome.NONE, TokenLoss.Outcome::plus);
  }

  private TokenBatch batchOf(Share<ChatExample> share) {
    return BatchPlan.batch(share.examples(), model.multiple());
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
    for (int i = 0; i < model.lanes(); i++) {
      squares.add(torch.zeros_like(trained().values()));
    }
    model
        .threads()
        .run(
            lane -> {
              for (int i = lane; i < earlier.size(); i += model.lanes()) {
                model
                    .lane(lane)
                    .squaredGradientsInPlace(
                        BatchPlan.batch(List.of(earlier.get(i)), model.multiple()),
                        squares.get(lane));
              }
            });
    model.optimizer().elastic(ElasticWeights.anchored(trained(), squares, strength));
    squares.forEach(Tensor::close);
  }

  /**
   * The loss of every example by itself, which names the rows that make a loss spike.
   *
   * @return one outcome per example, in their order
   */
  public List<TokenLoss.Outcome> evaluateEach(List<ChatExample> measured) {
    TokenLoss.Outcome[] outcomes = new TokenLoss.Outcome[measured.size()];
    model
        .threads()
        .each(
            outcomes.length,
            i ->
                outcomes[i] =
                    model
                        .lane(i % model.lanes())
                        .measure(BatchPlan.batch(List.of(measured.get(i)), model.multiple())));
    return List.of(outcomes);
  }

  /** Mean loss and token accuracy on other examples, without dropout. */
  public TokenLoss.Outcome evaluate(List<ChatExample> heldOut) {
    List<List<ChatExample>> parts =
        BatchPlan.epoch(heldOut, evaluatedTokens(), model.multiple(), 0, 0);
    TokenLoss.Outcome[] outcomes = new TokenLoss.Outcome[parts.size()];
    model
        .threads()
        .run(
            lane -> {
              for (int i = lane; i < outcomes.length; i += model.lanes()) {
                outcomes[i] =
                    model.lane(lane).measure(BatchPlan.batch(parts.get(i), model.multiple()));
              }
            });
    return Stream.of(outcomes).reduce(TokenLoss.Outcome.NONE, TokenLoss.Outcome::plus);
  }

  private int evaluatedTokens() {
    int bound = settings.passTokens() > 0 ? settings.passTokens() : Integer.MAX_VALUE;
    return Math.max(Math.min(settings.batchTokens(), bound), 1024);
  }

  /** A step's gradients without an update, for gradient checks. */
  TokenLoss.Outcome gradients(List<ChatExample> batch) {
    TokenLoss.Outcome outcome = backward(batch, 0);
    model.optimizer().sumGradientsInPlace();
    return outcome;
  }
}
