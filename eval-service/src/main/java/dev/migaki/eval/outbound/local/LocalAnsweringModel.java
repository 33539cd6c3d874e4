package dev.migaki.eval.outbound.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.eval.config.EvalConfig;
import dev.migaki.eval.domain.AnsweringModel;
import dev.migaki.lm.worker.AnswerWorker;
import dev.migaki.lm.worker.WorkerLauncher;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Lets a child JVM answer files of prompts; greedy decoding, so the same model gives the same
 * answers.
 */
@ApplicationScoped
public class LocalAnsweringModel implements AnsweringModel {
  private static final ErrorCode WORKER_UNUSABLE = new ErrorCode("ANSWER_WORKER_UNUSABLE");
  private static final ErrorCode MODEL_UNUSABLE = new ErrorCode("MODEL_UNUSABLE");
  private static final int BAD_INPUT = 2;

  private final EvalConfig config;
  private final ObjectMapper mapper;

  LocalAnsweringModel(EvalConfig config, ObjectMapper mapper) {
    this.config = config;
    this.mapper = mapper;
  }

  @Override
  public Map<String, Map<String, Answer>> answer(
      String baseModel, List<Way> ways, int maxNewTokens, Path workDirectory, Watch watch) {
    try {
      Path directory = workDirectory.toAbsolutePath();
      ObjectNode job = mapper.createObjectNode();
      job.put(
          "baseModelDirectory",
          config.modelsDirectory().resolve(baseModel).toAbsolutePath().toString());
      Path progress = Files.createDirectories(directory).resolve("progress.jsonl");
      Files.deleteIfExists(progress);
      job.put("progressFile", progress.toString());
      job.put("maxNewTokens", maxNewTokens);
      job.put("temperature", 0);
      job.put("seed", 0);
      job.put("threads", threads());
      ArrayNode parts = job.putArray("parts");
      for (Way way : ways) {
        Path files = Files.createDirectories(directory.resolve(way.name()));
        Files.deleteIfExists(answersIn(files));
        Path questions = files.resolve("prompts.jsonl");
        write(way.prompts(), questions);
        ObjectNode part = parts.addObject();
        if (way.modelDirectory() != null) {
          part.put("adapterDirectory", way.modelDirectory().toAbsolutePath().toString());
        }
        part.put("inputFile", questions.toString());
        part.put("outputFile", answersIn(files).toString());
      }
      Path jobFile = directory.resolve("job.json");
      Files.writeString(jobFile, job.toPrettyString());
      run(jobFile, progress, watch);
      Map<String, Map<String, Answer>> answers = new HashMap<>();
      for (Way way : ways) {
        answers.put(way.name(), read(answersIn(directory.resolve(way.name()))));
      }
      return answers;
    } catch (IOException e) {
      throw new TransientFailure(WORKER_UNUSABLE, "cannot start or read the answering process", e);
    }
  }

  private int threads() {
    return config.threads().orElse(Runtime.getRuntime().availableProcessors());
  }

  private static Path answersIn(Path directory) {
    return directory.resolve("answers.jsonl");
  }

  private void run(Path jobFile, Path progress, Watch watch) throws IOException {
    Process worker =
        WorkerLauncher.builder(AnswerWorker.class, jobFile, config.workerHeap()).start();
    try {
      while (!worker.waitFor(500, TimeUnit.MILLISECONDS)) {
        if (watch.abandoned()) {
          throw new InterruptedEvaluation("the evaluation is no longer ours");
        }
        tell(progress, watch);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedEvaluation("the service is going down");
    } finally {
      worker.destroyForcibly();
    }
    if (worker.exitValue() == BAD_INPUT) {
      throw new PermanentFailure(
          MODEL_UNUSABLE, "the model cannot be loaded or its input cannot be read");
    }
    if (worker.exitValue() != 0) {
      throw new InterruptedEvaluation(
          "the answering process ended with status " + worker.exitValue());
    }
    tell(progress, watch);
  }

  /** The newest line; the worker may be writing one more. */
  private void tell(Path progress, Watch watch) throws IOException {
    if (!Files.exists(progress)) {
      return;
    }
    String lines = Files.readString(progress);
    int end = lines.lastIndexOf('\n');
    if (end > 0) {
      JsonNode newest = mapper.readTree(lines.substring(lines.lastIndexOf('\n', end - 1) + 1, end));
      watch.answered(newest.path("step").asInt(), newest.path("totalSteps").asInt());
    }
  }

  private void write(List<Prompt> prompts, Path input) throws IOException {
    try (BufferedWriter writer = Files.newBufferedWriter(input)) {
      for (Prompt prompt : prompts) {
        ObjectNode line = mapper.createObjectNode();
        line.put("id", prompt.id());
        ArrayNode messages = line.putArray("messages");
        for (PromptMessage message : prompt.messages()) {
          messages.addObject().put("role", message.role()).put("content", message.content());
        }
        if (prompt.reference() != null) {
          line.put("reference", prompt.reference());
        }
        writer.write(mapper.writeValueAsString(line));
        writer.write('\n');
      }
    }
  }

  private Map<String, Answer> read(Path output) throws IOException {
    Map<String, Answer> answers = new HashMap<>();
    for (String line : Files.readAllLines(output)) {
      JsonNode answer = mapper.readTree(line);
      answers.put(
          answer.path("id").asText(),
          new Answer(
              answer.path("answer").asText(), likelihood(answer.path("referenceLogLikelihood"))));
    }
    return answers;
  }

  private static double likelihood(JsonNode value) {
    JsonNode mean = value.isObject() ? value.path("mean") : value;
    return mean.isNumber() ? mean.asDouble() : Double.NaN;
  }
}
