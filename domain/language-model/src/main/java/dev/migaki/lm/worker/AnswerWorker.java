package dev.migaki.lm.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.Generator;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.generation.EngineLimits;
import dev.migaki.lm.generation.ReferenceLikelihood;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * Answers files of questions as a child JVM: {@code AnswerWorker <job.json>}, see {@link Job}.
 *
 * <p>Several parts (the base model, a tuned one) share one process, since starting it takes as long
 * as a good part of the answers; two of them are answered at a time where there are two threads,
 * each with a model of its own. An output appears when all questions of its part are answered,
 * never half. Exit status: 0 done, 2 the input is wrong, 4 the parent process is gone, 1 anything
 * else.
 */
public final class AnswerWorker {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REPORT_EVERY = 8;
  // nobody waits for a single answer here: more of them together take an eighth less time
  private static final EngineLimits LIMITS = new EngineLimits(32, 512L << 20, 64L << 20, 256);
  private static final int MODELS_IN_MEMORY = 2;
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_BAD_INPUT = 2;

  private final Job job;
  private final long started = System.nanoTime();

  private AnswerWorker(Job job) {
    this.job = job;
  }

  /**
   * The job file's fields.
   *
   * @param baseModelDirectory the model
   * @param parts what to answer, at least one
   * @param maxNewTokens most tokens of an answer, 128 by default
   * @param temperature 0, greedy, by default
   * @param seed of sampling
   * @param threads computing threads of the process, 1 by default
   * @param progressFile JSONL of progress over all parts; absent for none
   */
  record Job(
      @Nullable String baseModelDirectory,
      @Nullable List<Part> parts,
      @Nullable Integer maxNewTokens,
      @Nullable Double temperature,
      @Nullable Long seed,
      @Nullable Integer threads,
      @Nullable String progressFile) {}

  /**
   * One file of questions for one model.
   *
   * @param adapterDirectory an adapter or a whole tuned model; absent for the base alone
   * @param inputFile JSONL of {@code {"id","messages":[…],"reference"?}}
   * @param outputFile JSONL of {@code
   *     {"id","answer","answerLogLikelihood","referenceLogLikelihood"?,…}}, in the order of the
   *     input
   */
  record Part(
      @Nullable String adapterDirectory, @Nullable String inputFile, @Nullable String outputFile) {}

  private record Task(Part part, List<Question> questions, Path output) {
    /** About what the answers cost: decoding, and reading what stands before it. */
    private int size() {
      return questions.stream()
          .flatMap(question -> question.messages().stream())
          .mapToInt(message -> message.content().length())
          .sum();
    }
  }

  private record Question(JsonNode id, List<ChatMessage> messages, @Nullable String reference) {}

  /** See the class comment. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  private static int run(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: AnswerWorker <job.json>");
      return EXIT_BAD_INPUT;
    }
    ParentWatch.start();
    Job job;
    try {
      job = JSON.readValue(Files.readAllBytes(Path.of(arguments[0])), Job.class);
    } catch (IOException e) {
      System.err.println("Cannot read the job file " + arguments[0] + ": " + e.getMessage());
      return EXIT_BAD_INPUT;
    }
    AnswerWorker worker = new AnswerWorker(job);
    try {
      worker.answer();
      return 0;
    } catch (InvalidModelException e) {
      return worker.failed(EXIT_BAD_INPUT, "MODEL_INVALID", e);
    } catch (PromptTooLongException e) {
      return worker.failed(EXIT_BAD_INPUT, "PROMPT_TOO_LONG", e);
    } catch (IllegalArgumentException e) {
      return worker.failed(EXIT_BAD_INPUT, "JOB_INVALID", e);
    } catch (IOException | UncheckedIOException e) {
      return worker.failed(EXIT_FAILED, "ANSWERS_IO_FAILED", e);
    }
  }

  private int failed(int status, String errorCode, Exception failure) {
    System.err.println(errorCode + ": " + failure.getMessage());
    try {
      report(
          ProgressFile.event("failed")
              .put("errorCode", errorCode)
              .put("message", failure.getMessage()));
    } catch (IOException e) {
      // the exit status still tells the service
      System.err.println("cannot write the progress file: " + e.getMessage());
    }
    return status;
  }

  private void report(ObjectNode line) throws IOException {
    if (job.progressFile() != null) {
      new ProgressFile(Path.of(job.progressFile())).append(line);
    }
  }

  private static Path required(@Nullable String value, String field) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("job field '" + field + "' is missing");
    }
    return Path.of(value);
  }

  private void answer() throws IOException {
    Path base = required(job.baseModelDirectory(), "baseModelDirectory");
    List<Task> tasks = tasks();
    int total = tasks.stream().mapToInt(task -> task.questions().size()).sum();
    int threads = job.threads() == null ? 1 : Math.max(1, job.threads());
    int atATime = Math.min(Math.min(threads, MODELS_IN_MEMORY), tasks.size());
    ComputeDevice.use(System.getenv(ComputeDevice.VARIABLE));
    torch.set_num_threads(threads / atATime);
    report(ProgressFile.event("started").put("totalSteps", total));
    // a question is generated for and scored: half a question each
    AtomicInteger halves = new AtomicInteger();
    ExecutorService pool = Executors.newFixedThreadPool(atATime);
    try {
      List<Future<?>> running =
          tasks.stream()
              .<Future<?>>map(
                  task ->
                      pool.submit(
                          () -> {
                            answer(base, task, () -> step(halves.incrementAndGet(), total));
                            return null;
                          }))
              .toList();
      for (Future<?> part : running) {
        await(part);
      }
    } finally {
      pool.shutdownNow();
    }
    report(
        ProgressFile.event("done")
            .put("step", total)
            .put("totalSteps", total)
            .put("elapsedSeconds", seconds()));
  }

  /** The longest first, so that no thread is left with it at the end. */
  private List<Task> tasks() throws IOException {
    if (job.parts() == null || job.parts().isEmpty()) {
      throw new IllegalArgumentException("job field 'parts' is missing");
    }
    List<Task> tasks = new ArrayList<>();
    for (Part part : job.parts()) {
      tasks.add(
          new Task(
              part,
              questions(required(part.inputFile(), "inputFile")),
              required(part.outputFile(), "outputFile")));
    }
    tasks.sort(Comparator.comparingInt(Task::size).reversed());
    return tasks;
  }

  private static void await(Future<?> part) throws IOException {
    try {
      part.get();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a worker", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("a part was not answered", e.getCause());
    }
  }

  private void answer(Path baseDirectory, Task task, Runnable half) throws IOException {
    String adapter = task.part().adapterDirectory();
    try (LanguageModel base = LanguageModel.load(baseDirectory)) {
      Optional<LanguageModel> tuned =
          adapter == null || adapter.isBlank()
              ? Optional.empty()
              : Optional.of(base.withAdapter(Path.of(adapter)));
      try {
        write(task, tuned.orElse(base).withLimits(LIMITS), half);
      } finally {
        tuned.ifPresent(LanguageModel::close);
      }
    }
  }

  private void step(int halves, int total) {
    if (halves % (2 * REPORT_EVERY) == 0) {
      try {
        report(
            ProgressFile.event("step")
                .put("step", halves / 2)
                .put("totalSteps", total)
                .put("elapsedSeconds", seconds()));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private double seconds() {
    return ProgressFile.rounded((System.nanoTime() - started) / 1e9);
  }

  private void write(Task task, LanguageModel model, Runnable half) throws IOException {
    GenerationOptions options =
        GenerationOptions.sampling(
            job.maxNewTokens() == null ? 128 : job.maxNewTokens(),
            job.temperature() == null ? 0 : job.temperature(),
            1,
            job.seed() == null ? 0 : job.seed());
    List<Question> questions = task.questions();
    List<int[]> prompts =
        questions.stream().map(question -> model.chat().prompt(question.messages())).toList();
    List<GenerationResult> results =
        new Generator(model).generateAll(prompts, options, finished -> half.run());
    ReferenceLikelihood likelihood = new ReferenceLikelihood(model);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < questions.size(); i++) {
      lines.append(line(questions.get(i), results.get(i), likelihood)).append('\n');
      half.run();
    }
    AtomicFiles.replaceText(task.output(), lines.toString());
  }

  private static ObjectNode line(
      Question question, GenerationResult result, ReferenceLikelihood likelihood) {
    ObjectNode json = JSON.createObjectNode();
    json.set("id", question.id());
    json.put("answer", result.text());
    json.put("answerLogLikelihood", result.logLikelihood());
    json.put(
        "answerLogLikelihoodPerToken",
        result.logLikelihood() / Math.max(1, result.completionTokens()));
    if (question.reference() != null) {
      ReferenceLikelihood.Likelihood reference =
          likelihood.of(question.messages(), question.reference());
      json.put("referenceLogLikelihood", reference.mean());
      json.put("referenceLogLikelihoodSum", reference.sum());
      json.put("referenceTokens", reference.tokens());
    }
    json.put("promptTokens", result.promptTokens());
    json.put("completionTokens", result.completionTokens());
    json.put("finishReason", result.finishReason().label());
    return json;
  }

  private static List<Question> questions(Path file) throws IOException {
    List<Question> questions = new ArrayList<>();
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (!line.isBlank()) {
          questions.add(question(line, file.getFileName() + " line " + number));
        }
      }
    }
    return questions;
  }

  private static Question question(String line, String where) {
    JsonNode json;
    try {
      json = JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // the parser's message quotes the text, which may be private
      throw new IllegalArgumentException(where + ": not valid JSON");
    }
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : json.path("messages")) {
      messages.add(
          new ChatMessage(message.path("role").asText("user"), message.path("content").asText("")));
    }
    if (!json.hasNonNull("id") || messages.isEmpty()) {
      throw new IllegalArgumentException(where + ": needs 'id' and 'messages'");
    }
    return new Question(
        json.get("id"),
        messages,
        json.hasNonNull("reference") ? json.get("reference").asText() : null);
  }
}
