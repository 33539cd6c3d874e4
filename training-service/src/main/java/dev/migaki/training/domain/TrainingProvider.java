package dev.migaki.training.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Someone who can tune a model: this machine, or a hosted service of the same shape. */
public interface TrainingProvider {

  /** Name in recipes, events and metrics. */
  String name();

  /**
   * Looks at a training file before anything is spent: how many tokens it shows to the model in one
   * epoch, counted with the base model's own tokenizer, and what {@code auto} stands for with it.
   *
   * @param trainFile chat lines, or preference lines where the method prefers
   */
  Measurement measure(String baseModel, RecipeHyperparameters hyperparameters, Path trainFile);

  /** What a look at a training file found. */
  sealed interface Measurement {
    /** It can be trained. */
    record Usable(long tokensPerEpoch, RecipeHyperparameters.Automatic automatic)
        implements Measurement {}

    /** It cannot, by this method; the message says what to do. */
    record Unusable(String code, String message) implements Measurement {}
  }

  /** Tokens per second to expect from this provider before any run was measured. */
  double expectedTokensPerSecond();

  /**
   * Carries a run out; blocks until it ends. A run whose work directory holds a checkpoint goes on
   * from there.
   *
   * @param progress called for each reported step, on the calling thread
   * @param cancelled asked about once a second; a true answer ends the run with {@link
   *     Outcome.Cancelled}
   */
  Outcome train(Job job, Consumer<Progress> progress, BooleanSupplier cancelled);

  /**
   * What is to be trained where. {@code workDirectory} belongs to the run and survives restarts;
   * {@code startModel} is what an earlier run made, a whole model or an adapter as this run will
   * make one; the run starts from it, or, where it is absent, from the base model. {@code
   * earlierFiles} are the training files of {@code protection}'s versions.
   */
  record Job(
      String runId,
      String baseModel,
      @Nullable Path startModel,
      Hyperparameters hyperparameters,
      Path trainFile,
      @Nullable Path validationFile,
      Protection protection,
      List<Path> earlierFiles,
      Path workDirectory) {}

  /**
   * Where a run is; losses in nats per supervised token, absent where not measured at this step.
   */
  record Progress(
      int step,
      int totalSteps,
      double epoch,
      @Nullable Double trainLoss,
      @Nullable Double tokenAccuracy,
      @Nullable Double validationLoss,
      long trainedTokens,
      double tokensPerSecond,
      double elapsedSeconds) {}

  /** How a run ended. */
  sealed interface Outcome {
    /** With a model: a directory to pack, the numbers, and the metrics file (JSON lines). */
    record Trained(
        Path modelDirectory,
        Path metricsFile,
        String resultJson,
        int steps,
        long trainedTokens,
        double seconds,
        @Nullable Double trainLoss,
        @Nullable Double validationLoss)
        implements Outcome {}

    /** Without one, and trying again will not help; the message says what to do. */
    record Failed(String code, String message) implements Outcome {}

    /** By a kill or a crash of the worker; the run can be claimed again and resumes. */
    record Interrupted(String message) implements Outcome {}

    /** On demand. */
    record Cancelled() implements Outcome {}
  }
}
