package dev.migaki.lm.training;

import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Trains all parameters of a model or a LoRA adapter, step by step.
 *
 * <p>The caller owns time, progress and files. A step depends only on the state in {@link
 * #trained()}, {@link #optimizer()} and its number, so a run that continues from a checkpoint ends
 * with the same bytes as one that was never interrupted.
 *
 * @param <E> what it learns from
 */
public abstract sealed class Tuner<E extends TrainingExample> implements AutoCloseable
    permits FineTuner, PreferenceTuner {

  final FineTuner.Settings settings;
  final TunedModel model;
  final EpochPlan<E> plan;

  /**
   * @param base the model's parameters; owned from now on
   * @param examples those of an epoch, by its number from 0
   */
  Tuner(
      ModelConfig config,
      FineTuner.Settings settings,
      ParameterBlock base,
      IntFunction<List<E>> examples) {
    this.settings = settings;
    this.model = new TunedModel(config, settings, base);
    this.plan =
        new EpochPlan<>(examples, settings.batchTokens(), model.multiple(), settings.seed());
  }

  /** The parameters that training changes. */
  public final ParameterBlock trained() {
    return model.trained();
  }

  /** The adapter in training; empty when all parameters are trained. */
  public final Optional<LoraAdapter> adapter() {
    return model.adapter();
  }

  /** The optimizer, for checkpoints. */
  public final AdamW optimizer() {
    return model.optimizer();
  }

  /**
   * Steps that {@code epochs} passes over the examples take; passes differ by a step or two,
   * because batches are put together anew.
   */
  public final long steps(double epochs) {
    return plan.steps(epochs);
  }

  /** Passes over the examples that are done after {@code steps} steps. */
  public final double epochs(long steps) {
    return plan.epochs(steps);
  }

  @Override
  public final void close() {
    model.close();
  }
}
