package dev.migaki.lm.training;

import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * Direct preference optimisation on pairs of answers, see {@link PreferenceLoss}, of all parameters
 * or of a LoRA adapter.
 *
 * <p>The reference is the model before training: {@link #rememberReference} must see every pair
 * before the first step, and again, before a checkpoint is restored, in a run that goes on. With a
 * fresh adapter that is the base model; with one that goes on, base and adapter as they were.
 */
public final class PreferenceTuner extends Tuner<PreferencePair> {

  private final PreferenceLoss loss;
  private final List<PreferencePair> pairs;
  private final Map<PreferencePair, Double> references = new IdentityHashMap<>();

  /**
   * @param settings as for supervised training; both rows of a pair count as {@code batchTokens}.
   *     Neither question tokens nor ends of answers can be left out
   * @param loss with its {@code β}
   * @param base the model's parameters; owned by the tuner from now on
   * @throws IllegalArgumentException when the settings ask for what pairs cannot have
   */
  public PreferenceTuner(
      ModelConfig config,
      FineTuner.Settings settings,
      PreferenceLoss loss,
      ParameterBlock base,
      List<PreferencePair> pairs) {
    this(List.copyOf(pairs), config, possible(settings), loss, base);
  }

  private PreferenceTuner(
      List<PreferencePair> pairs,
      ModelConfig config,
      FineTuner.Settings settings,
      PreferenceLoss loss,
      ParameterBlock base) {
    super(config, settings, base, epoch -> pairs);
    this.loss = loss;
    this.pairs = pairs;
  }

  private static FineTuner.Settings possible(FineTuner.Settings settings) {
    if (settings.promptTokenDropout() > 0 || settings.answerOpening() > 0) {
      throw new IllegalArgumentException(
          "pairs are compared whole: neither promptTokenDropout nor answerOpening is possible");
    }
    return settings;
  }

  /**
   * Computes how likely the model, as it is now, finds the answers of the training pairs and of
   * others. What was remembered before is replaced.
   *
   * @param heldOut pairs that are evaluated later, may be empty
   */
  public void rememberReference(List<PreferencePair> heldOut) {
    references.clear();
    for (List<PreferencePair> part : List.of(pairs, heldOut)) {
      double[] differences = differences(part);
      for (int i = 0; i < differences.length; i++) {
        references.put(part.get(i), differences[i]);
      }
    }
  }

  private double[] differences(List<PreferencePair> measured) {
    double[] differences = new double[measured.size()];
    model
        .threads()
        .each(
            differences.length,
            i -> {
              TokenBatch rows = PreferenceBatch.rows(List.of(measured.get(i)), model.multiple());
              double[] likelihoods = model.lane(i % model.lanes()).logLikelihoods(rows);
              differences[i] = PreferenceBatch.differences(likelihoods)[0];
            });
    return differences;
  }

  private double reference(PreferencePair pair) {
    Double known = references.get(pair);
    if (known == null) {
      throw new IllegalStateException("rememberReference has not seen the pair");
    }
    return known;
  }

  /**
   * What one step did.
   *
   * @param tokens tokens of both conversations of the step's pairs, without padding
   */
  public record StepResult(PreferenceLoss.Outcome outcome, double gradientNorm, long tokens) {}

  /**
   * Does step number {@code step}.
   *
   * @param step from 0
   * @throws TrainingDivergedException when the loss is no finite number
   */
  public StepResult stepInPlace(long step, double learningRate) {
    List<PreferencePair> chosen = plan.of(step);
    PreferenceLoss.Outcome outcome =
        backward(chosen, BatchPlan.mix(settings.seed(), 1_000_000_007L + step));
    if (!Double.isFinite(outcome.lossSum())) {
      throw new TrainingDivergedException(step);
    }
    double norm = model.updateInPlace(step, learningRate, settings.clipNorm());
    return new StepResult(outcome, norm, chosen.stream().mapToLong(PreferencePair::tokens).sum());
  }

  /** Each lane back-propagates its shares of the pairs; the loss is their mean. */
  private PreferenceLoss.Outcome backward(List<PreferencePair> batch, long stepSeed) {
    return model
        .eachShare(
            BatchPlan.shares(batch, settings.passTokens(), model.multiple(), model.lanes()),
            (lane, share) ->
                lane.backwardInPlace(
                    loss, batchOf(share), batch.size(), BatchPlan.mix(stepSeed, share.number())))
        .reduce(PreferenceLoss.Outcome.NONE, PreferenceLoss.Outcome::plus);
  }

  private PreferenceBatch batchOf(Share<PreferencePair> share) {
    return new PreferenceBatch(
        PreferenceBatch.rows(share.examples(), model.multiple()),
        share.examples().stream().mapToDouble(this::reference).toArray());
  }

  /**
   * Loss, reward margin and accuracy of every pair by itself, without dropout.
   *
   * @param measured training or held-out pairs that {@link #rememberReference} has seen
   * @return one outcome per pair, in their order
   */
  public List<PreferenceLoss.Outcome> evaluateEach(List<PreferencePair> measured) {
    double[] differences = differences(measured);
    PreferenceLoss.Outcome[] outcomes = new PreferenceLoss.Outcome[differences.length];
    for (int i = 0; i < outcomes.length; i++) {
      outcomes[i] = loss.outcome(differences[i], reference(measured.get(i)));
    }
    return List.of(outcomes);
  }

  /** The same over all pairs. */
  public PreferenceLoss.Outcome evaluate(List<PreferencePair> measured) {
    return evaluateEach(measured).stream()
        .reduce(PreferenceLoss.Outcome.NONE, PreferenceLoss.Outcome::plus);
  }

  /** By how much each preferred answer is likelier than the other one, for tests. */
  DoubleStream likelihoodDifferences(List<PreferencePair> measured) {
    return DoubleStream.of(differences(measured));
  }

  /** A step's gradients without an update, for gradient checks. */
  PreferenceLoss.Outcome gradients(List<PreferencePair> batch) {
    PreferenceLoss.Outcome outcome = backward(batch, 0);
    model.optimizer().sumGradientsInPlace();
    return outcome;
  }
}
