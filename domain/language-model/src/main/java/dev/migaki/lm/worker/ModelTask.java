package dev.migaki.lm.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The task file of {@link ModelWorker}. Unknown fields are refused.
 *
 * @param task what to do
 * @param baseModelDirectory the model
 * @param adapterDirectory an adapter or a whole tuned model; absent for the base alone
 * @param inputFile chat JSONL of {@code score} and {@code generate}
 * @param prompt one question of {@code generate}, instead of a file
 * @param system a system message before {@code prompt}
 * @param raw whether {@code prompt} is continued as it stands, without the chat template
 * @param outputDirectory of {@code merge}
 * @param elementType of {@code merge}: F32 (default), F16, BF16
 * @param maxNewTokens most tokens of an answer, 256 by default
 * @param temperature 0, greedy, by default
 * @param topP 1 by default
 * @param seed of sampling, 0 by default
 * @param threads 1 by default
 * @param trainJobFile the job that {@code quote} looks at
 */
record ModelTask(
    @Nullable Kind task,
    @Nullable String baseModelDirectory,
    @Nullable String adapterDirectory,
    @Nullable String inputFile,
    @Nullable String prompt,
    @Nullable String system,
    @Nullable Boolean raw,
    @Nullable String outputDirectory,
    @Nullable String elementType,
    @Nullable Integer maxNewTokens,
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Long seed,
    @Nullable Integer threads,
    @Nullable String trainJobFile) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What can be done with a model. */
  enum Kind {
    /** How likely given answers are. */
    SCORE,
    /** Answers. */
    GENERATE,
    /** An adapter into its base. */
    MERGE,
    /** What a training job would cost. */
    QUOTE
  }

  /**
   * @throws IllegalArgumentException when the file is no task
   */
  static ModelTask read(Path file) {
    try {
      return JSON.readValue(Files.readAllBytes(file), ModelTask.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "The task file " + file + " is not valid: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Cannot read the task file " + file + ": " + e.getMessage(), e);
    }
  }

  Kind kind() {
    if (task == null) {
      throw new IllegalArgumentException("task field 'task' is missing");
    }
    return task;
  }

  Path base() {
    return required(baseModelDirectory, "baseModelDirectory");
  }

  Optional<Path> adapter() {
    return adapterDirectory == null ? Optional.empty() : Optional.of(Path.of(adapterDirectory));
  }

  Path input() {
    Path file = required(inputFile, "inputFile");
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    return file;
  }

  Path output() {
    return required(outputDirectory, "outputDirectory");
  }

  Path trainJob() {
    return required(trainJobFile, "trainJobFile");
  }

  int threadsOrDefault() {
    return threads == null ? 1 : Math.max(1, threads);
  }

  private static Path required(@Nullable String value, String field) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("task field '" + field + "' is missing");
    }
    return Path.of(value);
  }
}
