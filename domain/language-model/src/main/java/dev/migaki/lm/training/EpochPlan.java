package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Which examples each step of a run takes. A step's examples depend on its number only, so that a
 * run that goes on from a checkpoint takes the same ones.
 */
final class EpochPlan<E extends TrainingExample> {

  private final IntFunction<List<E>> examples;
  private final int batchTokens;
  private final int multiple;
  private final long seed;
  private final List<Integer> stepsByEpoch = new ArrayList<>();
  private List<List<E>> batches = List.of();
  private int epoch = -1;

  /**
   * @param examples those of an epoch, by its number from 0
   * @param batchTokens most tokens of a step, padding included
   * @param multiple row lengths are multiples of it
   * @param seed decides the order
   */
  EpochPlan(IntFunction<List<E>> examples, int batchTokens, int multiple, long seed) {
    this.examples = examples;
    this.batchTokens = batchTokens;
    this.multiple = multiple;
    this.seed = seed;
  }

  /** See {@link Tuner#steps}. */
  long steps(double epochs) {
    int whole = (int) epochs;
    long steps = 0;
    for (int i = 0; i < whole; i++) {
      steps += stepsOf(i);
    }
    return Math.max(1, steps + Math.round((epochs - whole) * stepsOf(whole)));
  }

  /** See {@link Tuner#epochs}. */
  double epochs(long steps) {
    int whole = 0;
    long left = steps;
    while (left >= stepsOf(whole)) {
      left -= stepsOf(whole++);
    }
    return whole + (double) left / stepsOf(whole);
  }

  /** The examples of step number {@code step}, from 0. */
  List<E> of(long step) {
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

  private int stepsOf(int number) {
    while (stepsByEpoch.size() <= number) {
      stepsByEpoch.add(plan(stepsByEpoch.size()).size());
    }
    return stepsByEpoch.get(number);
  }

  private List<List<E>> plan(int number) {
    return BatchPlan.epoch(examples.apply(number), batchTokens, multiple, seed, number);
  }
}
