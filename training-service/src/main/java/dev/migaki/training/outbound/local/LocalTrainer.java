package dev.migaki.training.outbound.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.training.AutoHyperparameters;
import dev.migaki.lm.training.InvalidTrainingDataException;
import dev.migaki.lm.training.PreferenceFile;
import dev.migaki.lm.training.TrainingFile;
import dev.migaki.lm.worker.TrainWorker;
import dev.migaki.lm.worker.WorkerLauncher;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.RecipeHyperparameters;
import dev.migaki.training.domain.TrainingProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Trains in a child JVM: libtorch reads its thread and allocator settings from the environment
 * before {@code main}, a native crash must not take the service along, and the memory goes back
 * when the run ends. The job file, the progress file and the checkpoints lie in the run's work
 * directory, so the same call after a crash resumes the run.
 */
@ApplicationScoped
public class LocalTrainer implements TrainingProvider {
  private static final ErrorCode WORKER_UNUSABLE = new ErrorCode("TRAINING_WORKER_UNUSABLE");
  private static final ErrorCode BASE_MODEL_MISSING = new ErrorCode("BASE_MODEL_MISSING");
  private static final int BAD_INPUT = 2;
  private static final int DIVERGED = 3;

  private final TrainingConfig config;
  private final ObjectMapper mapper;

  LocalTrainer(TrainingConfig config, ObjectMapper mapper) {
    this.config = config;
    this.mapper = mapper;
  }

  @Override
  public String name() {
    return "local";
  }

  @Override
  public double expectedTokensPerSecond() {
    return 2000;
  }

  @Override
  public Measurement measure(
      String baseModel, RecipeHyperparameters hyperparameters, Path trainFile) {
    Path directory = baseModelDirectory(baseModel);
    Hyperparameters known = hyperparameters.known();
    try {
      TrainingFile.Size size =
          known.prefers()
              ? PreferenceFile.size(directory, trainFile)
              : TrainingFile.size(directory, trainFile);
      return new Measurement.Usable(size.tokens(), automatic(directory, hyperparameters, size));
    } catch (InvalidTrainingDataException e) {
      return new Measurement.Unusable(
          known.prefers() ? "PREFERENCE_PAIRS_MISSING" : "TRAINING_DATA_INVALID",
          known.prefers()
              ? e.getMessage() + "; " + Hyperparameters.NEEDS_PAIRS
              : String.valueOf(e.getMessage()));
    } catch (IOException e) {
      throw new TransientFailure(
          WORKER_UNUSABLE, "cannot read the training file to count its tokens", e);
    }
  }

  private static RecipeHyperparameters.Automatic automatic(
      Path base, RecipeHyperparameters given, TrainingFile.Size size) {
    Hyperparameters known = given.known();
    long parameters = ModelConfig.read(base.resolve("config.json")).parameterCount();
    boolean adapter = !known.trainsAllWeights();
    int batchTokens = AutoHyperparameters.batchTokens(size.examples(), size.tokens());
    int stepTokens = given.isAutomatic("batchTokens") ? batchTokens : known.batchTokens();
    return new RecipeHyperparameters.Automatic(
        known.prefers()
            ? AutoHyperparameters.epochs(size.examples())
            : AutoHyperparameters.epochs(size.examples(), size.tokens(), stepTokens),
        known.prefers()
            ? AutoHyperparameters.preferenceLearningRate(adapter, parameters)
            : AutoHyperparameters.learningRate(adapter, parameters),
        batchTokens,
        AutoHyperparameters.passTokens(batchTokens),
        AutoHyperparameters.BETA);
  }

  @Override
  public Outcome train(Job job, Consumer<Progress> progress, BooleanSupplier cancelled) {
    try {
      Files.createDirectories(job.workDirectory());
      Path progressFile = job.workDirectory().resolve("progress.jsonl");
      Path jobFile = job.workDirectory().resolve("job.json");
      Files.writeString(jobFile, jobJson(job, progressFile));
      ProgressFile reports = new ProgressFile(progressFile, mapper);
      Process worker =
          WorkerLauncher.builder(TrainWorker.class, jobFile, config.workerHeap()).start();
      try {
        return follow(job, worker, reports, progress, cancelled);
      } finally {
        worker.destroyForcibly();
      }
    } catch (IOException e) {
      throw new TransientFailure(WORKER_UNUSABLE, "cannot start or watch the training process", e);
    }
  }

  private Outcome follow(
      Job job,
      Process worker,
      ProgressFile reports,
      Consumer<Progress> progress,
      BooleanSupplier cancelled)
      throws IOException {
    try {
      while (!worker.waitFor(500, TimeUnit.MILLISECONDS)) {
        reports.readNew(progress);
        if (cancelled.getAsBoolean()) {
          return new Outcome.Cancelled();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome.Interrupted("the service is going down");
    }
    reports.readNew(progress);
    return switch (worker.exitValue()) {
      case 0 -> trained(job);
      case BAD_INPUT ->
          new Outcome.Failed(
              reports.errorCode("TRAINING_INPUT_INVALID"),
              reports.message("the training data cannot be used"));
      case DIVERGED ->
          new Outcome.Failed(
              reports.errorCode("TRAINING_DIVERGED"),
              reports.message("the loss is not a number any more; lower the learning rate"));
      default ->
          new Outcome.Interrupted(
              reports.message("the training process ended with status " + worker.exitValue()));
    };
  }

  private Outcome trained(Job job) throws IOException {
    Path output = outputDirectory(job);
    String result = Files.readString(output.resolve("training-result.json"));
    JsonNode numbers = mapper.readTree(result);
    return new Outcome.Trained(
        output,
        job.workDirectory().resolve("progress.jsonl"),
        result,
        numbers.path("steps").asInt(),
        numbers.path("trainedTokens").asLong(),
        numbers.path("seconds").asDouble(),
        numbers.hasNonNull("finalTrainLoss") ? numbers.get("finalTrainLoss").asDouble() : null,
        numbers.hasNonNull("finalValidationLoss")
            ? numbers.get("finalValidationLoss").asDouble()
            : null);
  }

  private String jobJson(Job job, Path progressFile) {
    ObjectNode json = mapper.valueToTree(job.hyperparameters());
    // what the method does not have, the worker refuses
    json.remove(job.hyperparameters().meaningless().keySet());
    Path base = baseModelDirectory(job.baseModel());
    Path start = job.startModel();
    if (start != null && job.hyperparameters().trainsAllWeights()) {
      base = start.toAbsolutePath();
    } else if (start != null) {
      json.put("initialAdapterDirectory", start.toAbsolutePath().toString());
    }
    json.put("baseModelDirectory", base.toString());
    json.put("trainFile", job.trainFile().toAbsolutePath().toString());
    if (job.validationFile() != null) {
      json.put("validationFile", job.validationFile().toAbsolutePath().toString());
    }
    if (!job.earlierFiles().isEmpty()) {
      job.earlierFiles()
          .forEach(file -> json.withArray("earlierFiles").add(file.toAbsolutePath().toString()));
      json.put("replayShare", job.protection().replayShare());
      json.put("elasticStrength", job.protection().elasticStrength());
    }
    json.put("outputDirectory", outputDirectory(job).toString());
    json.put(
        "checkpointDirectory",
        job.workDirectory().toAbsolutePath().resolve("checkpoints").toString());
    json.put("progressFile", progressFile.toAbsolutePath().toString());
    json.put("targetModules", "all-linear");
    json.put("schedule", "cosine");
    json.put("checkpointEverySteps", 100);
    return json.toPrettyString();
  }

  private static Path outputDirectory(Job job) {
    return job.workDirectory().toAbsolutePath().resolve("model");
  }

  private Path baseModelDirectory(String baseModel) {
    Path root = config.modelsDirectory().toAbsolutePath().normalize();
    Path directory = root.resolve(baseModel).normalize();
    if (!directory.startsWith(root) || !Files.exists(directory.resolve("config.json"))) {
      throw new PermanentFailure(
          BASE_MODEL_MISSING,
          "the base model '%s' of the recipe has no directory with a config.json below the models directory"
              .formatted(baseModel));
    }
    return directory;
  }
}
