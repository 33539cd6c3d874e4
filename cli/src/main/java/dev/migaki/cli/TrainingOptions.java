package dev.migaki.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.training.AutoHyperparameters;
import dev.migaki.lm.training.PreferenceLoss;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How {@code migaki model train} trains; what is left out takes the trainer's default. */
final class TrainingOptions {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String AUTO = "auto";
  private static final String PREFERENCE = "dpo";
  private static final List<String> METHODS = List.of("lora", "full", PREFERENCE);

  @Option(
      names = "--method",
      defaultValue = "lora",
      description = {
        "lora (an adapter, default), full (all weights), or dpo (an adapter, from pairs of a",
        "preferred and another answer)"
      })
  private String method = "lora";

  @Option(
      names = "--beta",
      description = "dpo: how dear it is to leave the model before training (default: 0.1)")
  private @Nullable Double beta;

  @Option(names = "--all-weights", description = "dpo: train all weights instead of an adapter")
  private boolean allWeights;

  @Option(
      names = "--epochs",
      defaultValue = AUTO,
      description = {
        "passes over the data; auto (default): three, more where these are fewer than 100 steps,",
        "fewer for more than 8,333 examples"
      })
  private String epochs = AUTO;

  @Option(
      names = "--learning-rate",
      defaultValue = AUTO,
      description = "peak; auto (default) by method and model size")
  private String learningRate = AUTO;

  @Option(names = "--batch-tokens", description = "most tokens of a step (default: 1024)")
  private @Nullable Integer batchTokens;

  @Option(
      names = "--pass-tokens",
      description = {
        "most tokens in work at once; a larger step adds up the gradients of several passes, which",
        "takes less memory and gives the same update (default: 0, whole steps)"
      })
  private @Nullable Integer passTokens;

  @Option(names = "--rank", description = "of the adapter (default: 16)")
  private @Nullable Integer rank;

  @Option(names = "--alpha", description = "of the adapter (default: twice the rank)")
  private @Nullable Double alpha;

  @Option(names = "--dropout", description = "of the adapter's inputs (default: 0)")
  private @Nullable Double dropout;

  @Option(names = "--train-embeddings", description = "train embedding and head with the adapter")
  private boolean trainEmbeddings;

  @Option(
      names = "--continue",
      paramLabel = "ADAPTER",
      description = "go on from this adapter instead of a fresh one")
  private @Nullable Path initialAdapter;

  @Option(
      names = "--earlier",
      paramLabel = "FILE",
      description = "training file of an earlier version, for replay and --ewc; repeatable")
  private List<Path> earlier = List.of();

  @Option(
      names = "--replay",
      description = "share of the earlier files trained again (default: 0.05)")
  private @Nullable Double replayShare;

  @Option(names = "--ewc", description = "strength of elastic weight consolidation (default: 0)")
  private @Nullable Double elasticStrength;

  @Option(names = "--patience", description = "validations without improvement until the end")
  private @Nullable Integer patience;

  @Option(names = "--max-seconds", description = "the schedule adapts to end in time")
  private @Nullable Double maxSeconds;

  @Option(names = "--warmup", description = "share of the steps (default: 0.05)")
  private @Nullable Double warmup;

  @Option(names = "--schedule", description = "cosine (default), linear, constant")
  private @Nullable String schedule;

  @Option(names = "--weight-decay", description = "default: 0.01")
  private @Nullable Double weightDecay;

  @Option(names = "--clip", description = "largest gradient norm, 0 for none (default: 1)")
  private @Nullable Double clipNorm;

  @Option(names = "--seed", description = "same seed, data and threads, same bytes (default: 1)")
  private @Nullable Long seed;

  @Option(names = "--threads", description = "default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--precision", description = "auto (default, by a probe), fp32, bf16")
  private @Nullable String precision;

  @Option(names = "--checkpoint-every", description = "steps (default: 100)")
  private @Nullable Integer checkpointEvery;

  @Option(names = "--example-losses", description = "write each example's last loss")
  private boolean exampleLosses;

  /** What the run leaves, for people. */
  String result() {
    return trainsAllWeights() ? "model" : "adapter";
  }

  private boolean trainsAllWeights() {
    return method.equals("full") || allWeights;
  }

  /**
   * The job's hyperparameters, {@code auto} replaced by its values.
   *
   * @throws InvalidModelException when a value is not possible; the message names the option
   * @throws NoSuchFileException when an adapter or a file of earlier versions is not there
   */
  ObjectNode job(Path base) throws NoSuchFileException {
    checkMethod();
    if (initialAdapter != null) {
      ModelInputs.directory(initialAdapter);
    }
    for (Path file : earlier) {
      ModelInputs.file(file);
    }
    ObjectNode job = JSON.createObjectNode();
    job.put("method", method).put("threads", threads);
    if (method.equals(PREFERENCE)) {
      job.put("beta", beta).put("allWeights", allWeights);
    }
    if (!epochs.equals(AUTO)) {
      job.put("epochs", number("--epochs", epochs));
    }
    job.put(
        "learningRate",
        learningRate.equals(AUTO) ? autoRate(base) : number("--learning-rate", learningRate));
    job.put("batchTokens", batchTokens).put("passTokens", passTokens);
    job.put("rank", rank).put("alpha", alpha).put("dropout", dropout);
    job.put("trainEmbeddings", trainEmbeddings);
    job.put("initialAdapterDirectory", initialAdapter == null ? null : initialAdapter.toString());
    earlier.forEach(file -> job.withArray("earlierFiles").add(file.toString()));
    job.put("replayShare", replayShare).put("elasticStrength", elasticStrength);
    job.put("earlyStoppingPatience", patience).put("maxSeconds", maxSeconds);
    job.put("warmupRatio", warmup).put("schedule", schedule);
    job.put("weightDecay", weightDecay).put("clipNorm", clipNorm);
    job.put("seed", seed).put("precision", precision);
    job.put("checkpointEverySteps", checkpointEvery).put("exampleLosses", exampleLosses);
    return job;
  }

  private void checkMethod() {
    if (!METHODS.contains(method)) {
      throw new InvalidModelException(
          "--method is '" + method + "'; supported: " + String.join(", ", METHODS));
    }
    if (!method.equals(PREFERENCE)) {
      needs(beta == null, "--beta needs --method dpo");
      needs(!allWeights, "--all-weights needs --method dpo; or use --method full");
      return;
    }
    needs(
        beta == null || PreferenceLoss.allows(beta),
        "--beta is " + beta + "; must be above 0, at most 2");
    needs(earlier.isEmpty(), "--earlier is not possible with --method dpo");
  }

  private static void needs(boolean fulfilled, String otherwise) {
    if (!fulfilled) {
      throw new InvalidModelException(otherwise);
    }
  }

  private static double number(String option, String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      throw new InvalidModelException(option + " is '" + text + "'; give a number or auto", e);
    }
  }

  private double autoRate(Path base) {
    long parameters = ModelConfig.read(base.resolve("config.json")).parameterCount();
    return method.equals(PREFERENCE)
        ? AutoHyperparameters.preferenceLearningRate(!allWeights, parameters)
        : AutoHyperparameters.learningRate(!method.equals("full"), parameters);
  }
}
