package dev.migaki.lm.training;

/**
 * What {@code auto} stands for in a fine-tuning job.
 *
 * <p>Passes and batch size start from what OpenAI documents for its own service (cookbook, "Data
 * preparation and analysis for chat model fine-tuning"; Microsoft Foundry's batch rule), so that a
 * job that is moved here does the same amount of work. Learning rates are this trainer's.
 */
public final class AutoHyperparameters {

  private static final int TARGET_EPOCHS = 3;
  private static final int LEAST_EXAMPLES = 100;
  private static final int MOST_EXAMPLES = 25_000;
  private static final int MOST_EPOCHS = 25;
  private static final int MOST_BATCH = 256;

  private static final int LEAST_STEPS = 100;

  private static final int LEAST_TOKENS = 1024;
  private static final int MOST_TOKENS = 1 << 16;
  private static final int PASS_TOKENS = 4096;

  /** Of preference optimisation, as in its paper's experiments. */
  public static final double BETA = 0.1;

  private AutoHyperparameters() {}

  /**
   * Three passes; more for fewer than 34 examples, so that 100 are seen, but at most 25; fewer when
   * more than 25,000 would be seen.
   *
   * @param examples training examples, at least 1
   */
  public static int epochs(int examples) {
    if (examples * (long) TARGET_EPOCHS < LEAST_EXAMPLES) {
      return Math.min(MOST_EPOCHS, LEAST_EXAMPLES / examples);
    }
    if (examples * (long) TARGET_EPOCHS > MOST_EXAMPLES) {
      return Math.max(1, MOST_EXAMPLES / examples);
    }
    return TARGET_EPOCHS;
  }

  /**
   * Passes of supervised training: {@link #epochs(int)}, but so many that the weights are moved 100
   * times, and at most 25 for that. OpenAI's step has one example of a small file, so its 100
   * examples are 100 steps; ours holds {@link #batchTokens}, and three passes over a hundred short
   * answers would be a dozen steps, which teach them to no model.
   *
   * @param examples training examples, at least 1
   * @param tokens of all of them
   * @param batchTokens most tokens of a step
   */
  public static int epochs(int examples, long tokens, int batchTokens) {
    int passes = epochs(examples);
    double stepsOfPass = Math.max(1, (double) tokens / batchTokens);
    int wanted = (int) Math.min(MOST_EPOCHS, Math.ceil(LEAST_STEPS / stepsOfPass));
    return Math.max(passes, wanted);
  }

  /** Examples of a step: 0.2 % of all, between 1 and 256. */
  public static int batchSize(int examples) {
    return (int) Math.max(1, Math.min(MOST_BATCH, Math.round(examples * 0.002)));
  }

  /**
   * Tokens of a step: as many as {@link #batchSize} examples of mean length have, but at least
   * 1,024, below which a step is mostly overhead, and at most 65,536.
   *
   * @param examples training examples, at least 1
   * @param tokens of all of them
   */
  public static int batchTokens(int examples, long tokens) {
    double wanted = batchSize(examples) * (double) tokens / examples;
    return (int) Math.max(LEAST_TOKENS, Math.min(MOST_TOKENS, Math.round(wanted)));
  }

  /** Tokens in work at once, in a step of so many: 0 for the whole step when it is small. */
  public static int passTokens(int batchTokens) {
    return batchTokens > PASS_TOKENS ? PASS_TOKENS : 0;
  }

  /**
   * The peak learning rate: ten times higher for adapters than for all weights (LoRA Without
   * Regret, 2025), higher for small models, which take and need larger steps.
   *
   * @param parameters of the base model
   */
  public static double learningRate(boolean lora, long parameters) {
    double full = parameters < 50_000_000 ? 8e-4 : parameters < 300_000_000 ? 5e-5 : 1e-5;
    double adapter = parameters < 50_000_000 ? 4e-3 : parameters < 300_000_000 ? 5e-4 : 2e-4;
    return lora ? adapter : full;
  }

  /**
   * The peak learning rate of preference optimisation: a tenth of the supervised one. Its gradient
   * pushes answers away as well as towards, and larger steps make both of a pair unlikely.
   *
   * @param parameters of the base model
   */
  public static double preferenceLearningRate(boolean lora, long parameters) {
    return learningRate(lora, parameters) / 10;
  }
}
