package dev.migaki.lm.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.model.AdapterContinuation;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.training.AutoHyperparameters;
import dev.migaki.lm.training.LearningRateSchedule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The job file of {@link TrainWorker}. Absent fields take the defaults of the accessors' comments;
 * unknown ones are refused, because a misspelt hyperparameter would otherwise be silently the
 * default.
 */
record TrainJob(
    @Nullable String baseModelDirectory,
    @Nullable String trainFile,
    @Nullable String validationFile,
    @Nullable String outputDirectory,
    @Nullable String checkpointDirectory,
    @Nullable String progressFile,
    @Nullable String method,
    @Nullable Double beta,
    @Nullable Boolean allWeights,
    @Nullable Integer rank,
    @Nullable Double alpha,
    @Nullable Double dropout,
    @Nullable String targetModules,
    @Nullable Boolean trainEmbeddings,
    @Nullable Double learningRate,
    @Nullable Double epochs,
    @Nullable Integer batchTokens,
    @Nullable Integer passTokens,
    @Nullable Double maxSeconds,
    @Nullable Double warmupRatio,
    @Nullable String schedule,
    @Nullable Double weightDecay,
    @Nullable Double clipNorm,
    @Nullable Long seed,
    @Nullable Integer threads,
    @Nullable String precision,
    @Nullable Double promptTokenDropout,
    @Nullable Integer answerOpeningTokens,
    @Nullable Double firstAnswerTokensWeight,
    @Nullable Integer checkpointEverySteps,
    @Nullable String optimizer,
    @Nullable String initialAdapterDirectory,
    @Nullable List<String> earlierFiles,
    @Nullable Double replayShare,
    @Nullable Double elasticStrength,
    @Nullable Integer earlyStoppingPatience,
    @Nullable Boolean exampleLosses,
    @Nullable Long memoryLimitBytes) {

  private static final int FISHER_EXAMPLES = 200;
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads and checks a job.
   *
   * @throws IllegalArgumentException when the file is no job, or one that is not possible; the
   *     message names the field
   */
  static TrainJob read(Path file) {
    TrainJob job = unchecked(file);
    TrainJobChecks.check(job);
    return job;
  }

  /**
   * A job that is not in a file yet, checked.
   *
   * @throws IllegalArgumentException when it is not possible; the message names the field
   */
  static TrainJob of(JsonNode json) {
    TrainJob job = JSON.convertValue(json, TrainJob.class);
    TrainJobChecks.check(job);
    return job;
  }

  /**
   * A job as it is written, possible or not.
   *
   * @throws IllegalArgumentException when the file is no job; the message names the field
   */
  static TrainJob unchecked(Path file) {
    try {
      return JSON.readValue(Files.readAllBytes(file), TrainJob.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The job file " + file + " is not valid: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read the job file " + file + ": " + e.getMessage(), e);
    }
  }

  Path base() {
    return Path.of(Objects.requireNonNull(baseModelDirectory));
  }

  Path train() {
    return Path.of(Objects.requireNonNull(trainFile));
  }

  Optional<Path> validation() {
    return validationFile == null || validationFile.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(validationFile));
  }

  Path output() {
    return Path.of(Objects.requireNonNull(outputDirectory));
  }

  Path checkpoints() {
    return Path.of(Objects.requireNonNull(checkpointDirectory));
  }

  Path progress() {
    return Path.of(Objects.requireNonNull(progressFile));
  }

  /** {@code lora} by default. */
  String methodOrDefault() {
    return method == null ? "lora" : method;
  }

  /** Whether the data are pairs of answers (direct preference optimisation). */
  boolean preference() {
    return methodOrDefault().equals("dpo");
  }

  /** How dear it is to leave the reference, with method dpo: 0.1 by default. */
  double betaOrDefault() {
    return beta == null ? 0.1 : beta;
  }

  /** Whether all weights are trained and not an adapter; with method dpo only when asked. */
  boolean trainsAllWeights() {
    return methodOrDefault().equals("full") || (preference() && allWeights != null && allWeights);
  }

  /** The adapter whose training goes on; a fresh one by default. */
  Optional<Path> initialAdapter() {
    return initialAdapterDirectory == null || initialAdapterDirectory.isBlank()
        ? Optional.empty()
        : Optional.of(Path.of(initialAdapterDirectory));
  }

  /** Training files of earlier versions, oldest first; none by default. */
  List<Path> earlier() {
    return earlierFiles == null ? List.of() : earlierFiles.stream().map(Path::of).toList();
  }

  /** Share of each earlier file's examples that is trained again: 5 % by default. */
  double replayShareOrDefault() {
    return replayShare == null ? 0.05 : replayShare;
  }

  /** {@code λ} of elastic weight consolidation; 0, none, by default. */
  double elasticStrengthOrDefault() {
    return elasticStrength == null ? 0 : elasticStrength;
  }

  /** Examples that decide which weights matter. */
  int fisherExamples() {
    return FISHER_EXAMPLES;
  }

  /** Validations without a better loss after which the run ends; 0, never, by default. */
  int patienceOrDefault() {
    return earlyStoppingPatience == null ? 0 : earlyStoppingPatience;
  }

  /** Whether every training example's final loss is written; not by default. */
  boolean exampleLossesOrDefault() {
    return exampleLosses != null && exampleLosses;
  }

  /**
   * The adapter's shape: rank 16, alpha twice the rank, no dropout, embeddings frozen by default.
   * Empty when all weights are trained.
   */
  Optional<LoraSettings> lora() {
    if (trainsAllWeights()) {
      return Optional.empty();
    }
    if (initialAdapter().isPresent()) {
      return Optional.of(
          AdapterContinuation.open(initialAdapter().get(), dropout == null ? 0 : dropout)
              .settings());
    }
    int wantedRank = rank == null ? 16 : rank;
    return Optional.of(
        new LoraSettings(
            wantedRank,
            alpha == null ? 2.0 * wantedRank : alpha,
            dropout == null ? 0 : dropout,
            trainEmbeddings != null && trainEmbeddings));
  }

  /** 1e-3 by default. */
  double learningRateOrDefault() {
    return learningRate == null ? 1e-3 : learningRate;
  }

  /** What {@link AutoHyperparameters} says about the data, by default. */
  double epochs(TrainingData data) {
    if (epochs != null) {
      return epochs;
    }
    int examples = data.trainExamples();
    return preference()
        ? AutoHyperparameters.epochs(examples)
        : AutoHyperparameters.epochs(examples, data.train().tokens(), batchTokensOrDefault());
  }

  /** 1024 by default. */
  int batchTokensOrDefault() {
    return batchTokens == null ? 1024 : batchTokens;
  }

  /**
   * Most tokens in work at once; a larger step is done in several passes. 0, whole steps, by
   * default.
   */
  int passTokensOrDefault() {
    return passTokens == null ? 0 : passTokens;
  }

  /** Most tokens in work at once, whether a step is divided or not. */
  int tokensAtOnce() {
    return dividesSteps() ? passTokensOrDefault() : batchTokensOrDefault();
  }

  private boolean dividesSteps() {
    return passTokensOrDefault() > 0 && passTokensOrDefault() < batchTokensOrDefault();
  }

  /** 0, no limit, by default. */
  double maxSecondsOrDefault() {
    return maxSeconds == null ? 0 : maxSeconds;
  }

  /** 5 % by default. */
  double warmupOrDefault() {
    return warmupRatio == null ? 0.05 : warmupRatio;
  }

  /** Cosine by default. */
  LearningRateSchedule.Course course() {
    try {
      return schedule == null
          ? LearningRateSchedule.Course.COSINE
          : LearningRateSchedule.Course.valueOf(schedule.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "job field 'schedule' is '" + schedule + "'; supported: cosine, linear, constant", e);
    }
  }

  /** 0.01 by default. */
  double weightDecayOrDefault() {
    return weightDecay == null ? 0.01 : weightDecay;
  }

  /** 1 by default; 0 for none. */
  double clipNormOrDefault() {
    return clipNorm == null ? 1 : clipNorm;
  }

  /** 1 by default. */
  long seedOrDefault() {
    return seed == null ? 1 : seed;
  }

  /** 1 by default. */
  int threadsOrDefault() {
    return threads == null ? 1 : Math.max(1, threads);
  }

  /** {@code auto} by default. */
  String precisionOrDefault() {
    return precision == null ? "auto" : precision;
  }

  /** Tokens that repeated answers are shortened to; 0, the default, shortens none. */
  int answerOpeningOrDefault() {
    return answerOpeningTokens == null ? 0 : answerOpeningTokens;
  }

  /** 0 by default. */
  double promptTokenDropoutOrDefault() {
    return promptTokenDropout == null ? 0 : promptTokenDropout;
  }

  /** 1 by default. */
  float firstAnswerTokensWeightOrDefault() {
    return firstAnswerTokensWeight == null ? 1f : firstAnswerTokensWeight.floatValue();
  }

  /** 100 by default. */
  int checkpointEveryOrDefault() {
    return checkpointEverySteps == null ? 100 : Math.max(1, checkpointEverySteps);
  }

  /**
   * Whether block matrices follow the Muon update; {@code adamw} by default. Only for full
   * fine-tuning.
   */
  boolean orthogonal() {
    return "muon".equals(optimizer) && trainsAllWeights();
  }

  /**
   * Everything that decides the course of training and what it leaves, as text; paths and
   * checkpoint interval do not. Threads do: a batch is divided among them, which changes the order
   * of sums.
   *
   * @param inputSha256 {@link TrainingData#sha256}
   * @param baseSha256 {@link BaseFiles#courseSha256}
   */
  String course(String inputSha256, String baseSha256) {
    return String.join(
        "|",
        inputSha256,
        baseSha256,
        preference() ? "dpo " + betaOrDefault() : methodOrDefault(),
        lora().toString(),
        Double.toString(learningRateOrDefault()),
        epochs == null ? "auto" : Double.toString(epochs),
        batchTokensOrDefault() + (dividesSteps() ? "/" + passTokensOrDefault() : ""),
        Double.toString(maxSecondsOrDefault()),
        Double.toString(warmupOrDefault()),
        course().name(),
        Double.toString(weightDecayOrDefault()),
        Double.toString(clipNormOrDefault()),
        Long.toString(seedOrDefault()),
        precisionOrDefault(),
        Double.toString(promptTokenDropoutOrDefault()),
        Integer.toString(answerOpeningOrDefault()),
        Float.toString(firstAnswerTokensWeightOrDefault()),
        Boolean.toString(orthogonal()),
        Integer.toString(threadsOrDefault()),
        Double.toString(replayShareOrDefault()),
        Double.toString(elasticStrengthOrDefault()),
        Integer.toString(patienceOrDefault()),
        Boolean.toString(exampleLossesOrDefault()));
  }
}
