package dev.migaki.lm.worker;

import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.training.PreferenceLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a job may say: a field out of its range, or one that the method would ignore, is refused.
 */
final class TrainJobChecks {

  private static final List<String> METHODS = List.of("lora", "full", "dpo");
  private static final List<String> OPTIMIZERS = List.of("adamw", "muon");

  private TrainJobChecks() {}

  /**
   * @throws IllegalArgumentException naming the field, its value and what is possible
   */
  static void check(TrainJob job) {
    required(job.baseModelDirectory(), "baseModelDirectory");
    required(job.trainFile(), "trainFile");
    required(job.outputDirectory(), "outputDirectory");
    required(job.checkpointDirectory(), "checkpointDirectory");
    required(job.progressFile(), "progressFile");
    oneOf(job.methodOrDefault(), "method", METHODS);
    oneOf(job.targetModules(), "targetModules", List.of("all-linear"));
    oneOf(job.optimizer(), "optimizer", OPTIMIZERS);
    oneOf(job.precision(), "precision", List.of("auto", "fp32", "bf16"));
    refused(
        "muon".equals(job.optimizer()) && !job.trainsAllWeights(),
        "optimizer",
        "is 'muon', which needs all weights in training (method full)");
    ranges(job);
    if (job.preference()) {
      preference(job);
    } else {
      refused(job.beta() != null, "beta", "needs method dpo");
      refused(
          job.allWeights() != null && job.allWeights(),
          "allWeights",
          "needs method dpo; or use full");
    }
    refused(
        job.initialAdapterDirectory() != null && job.trainsAllWeights(),
        "initialAdapterDirectory",
        "needs an adapter in training; for all weights (method full, or dpo with 'allWeights') give"
            + " the earlier model as 'baseModelDirectory'");
    refused(
        job.elasticStrengthOrDefault() > 0 && job.earlier().isEmpty(),
        "elasticStrength",
        "needs 'earlierFiles': without them nothing tells which weights matter");
    refused(
        job.trainsAllWeights() && same(job.base(), job.output()),
        "outputDirectory",
        "is the base model's directory, whose weights would be overwritten; choose another one");
    job.course();
    job.lora();
  }

  /**
   * Checks where the model goes.
   *
   * @throws IllegalArgumentException when the output holds weights that no training run left there
   *     and that this one would write over
   */
  static void checkOutput(TrainJob job, Path result) {
    refused(
        job.trainsAllWeights() && WeightFiles.exist(job.output()) && !Files.exists(result),
        "outputDirectory",
        "is "
            + job.output()
            + ", which holds a model that no training run left there; choose another directory");
  }

  private static void ranges(TrainJob job) {
    inRange(job.promptTokenDropout(), "promptTokenDropout", 0, 0.5);
    inRange(job.answerOpeningTokens(), "answerOpeningTokens", 0, 1 << 20);
    inRange(job.firstAnswerTokensWeight(), "firstAnswerTokensWeight", 1, 100);
    inRange(job.rank(), "rank", 1, 1 << 16);
    inRange(job.alpha(), "alpha", 1e-9, 1e9);
    refused(
        job.dropout() != null && !(job.dropout() >= 0 && job.dropout() < 1),
        "dropout",
        "is " + job.dropout() + "; must be at least 0, below 1");
    inRange(job.learningRate(), "learningRate", 1e-9, 1);
    inRange(job.epochs(), "epochs", 0.01, 10_000);
    inRange(job.maxSeconds(), "maxSeconds", 0, 1e9);
    inRange(job.warmupRatio(), "warmupRatio", 0, 0.9);
    inRange(job.weightDecay(), "weightDecay", 0, 1e9);
    inRange(job.clipNorm(), "clipNorm", 0, 1e9);
    inRange(job.batchTokens(), "batchTokens", 8, 1 << 20);
    inRange(job.passTokens(), "passTokens", 0, 1 << 20);
    inRange(job.replayShare(), "replayShare", 0, 1);
    inRange(job.elasticStrength(), "elasticStrength", 0, 1e9);
    inRange(job.earlyStoppingPatience(), "earlyStoppingPatience", 0, 1000);
  }

  private static void preference(TrainJob job) {
    Double beta = job.beta();
    refused(
        beta != null && !PreferenceLoss.allows(beta),
        "beta",
        "is " + beta + "; must be above 0, at most 2");
    refused(!job.earlier().isEmpty(), "earlierFiles", "is not possible with method dpo");
    String whole = "is not possible with method dpo, which compares whole answers";
    refused(job.promptTokenDropoutOrDefault() > 0, "promptTokenDropout", whole);
    refused(job.answerOpeningOrDefault() > 0, "answerOpeningTokens", whole);
    refused(job.firstAnswerTokensWeightOrDefault() != 1, "firstAnswerTokensWeight", whole);
  }

  private static void refused(boolean wrong, String field, String why) {
    if (wrong) {
      throw new IllegalArgumentException("job field '" + field + "' " + why);
    }
  }

  private static boolean same(Path one, Path other) {
    try {
      return Files.isSameFile(one, other);
    } catch (IOException e) {
      // one of them does not exist yet
      return false;
    }
  }

  private static void required(@Nullable String value, String field) {
    refused(value == null || value.isBlank(), field, "is missing");
  }

  private static void oneOf(@Nullable String value, String field, List<String> supported) {
    refused(
        value != null && !supported.contains(value),
        field,
        "is '" + value + "'; supported: " + String.join(", ", supported));
  }

  private static void inRange(@Nullable Number value, String field, double min, double max) {
    refused(
        value != null && !(value.doubleValue() >= min && value.doubleValue() <= max),
        field,
        "is " + value + "; must be between " + min + " and " + max);
  }
}
