package dev.migaki.lm.training;

import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.ParameterBlock;
import java.util.Optional;

/**
 * Trains all parameters of a model or a LoRA adapter, step by step.
 *
 * <p>The caller owns time, progress and files. A step depends only on the state in {@link
 * #trained()}, {@link #optimizer()} and its number, so a run that continues from a checkpoint ends
 * with the same bytes as one that was never interrupted.
 */
public sealed interface Tuner extends AutoCloseable permits FineTuner, PreferenceTuner {

  /** The parameters that training changes. */
  ParameterBlock trained();

  /** The adapter in training; empty when all parameters are trained. */
  Optional<LoraAdapter> adapter();

  /** The optimizer, for checkpoints. */
  AdamW optimizer();

  /**
   * Steps that {@code epochs} passes over the examples take; passes differ by a step or two,
   * because batches are put together anew.
   */
  long steps(double epochs);

  /** Passes over the examples that are done after {@code steps} steps. */
  double epochs(long steps);

  @Override
  void close();
}
