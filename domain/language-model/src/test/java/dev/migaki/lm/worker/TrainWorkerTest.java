package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsWriter;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.checkpoint.WeightFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The workers as services start them: child JVMs, files in, files out. */
@Timeout(value = 900, unit = TimeUnit.SECONDS)
class TrainWorkerTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path base;
  private Path train;

  @BeforeEach
  void writeInput() {
    base = TinyModel.write(directory.resolve("base"), 3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      lines.add(TinyModel.chat("question " + i, "answer number " + i));
    }
    train = TinyModel.chatFile(directory.resolve("train.jsonl"), lines);
  }

  private ObjectNode job(String name) {
    return JSON.createObjectNode()
        .put("baseModelDirectory", base.toString())
        .put("trainFile", train.toString())
        .put("validationFile", train.toString())
        .put("outputDirectory", directory.resolve(name + "/output").toString())
        .put("checkpointDirectory", directory.resolve(name + "/checkpoints").toString())
        .put("progressFile", directory.resolve(name + "/progress.jsonl").toString())
        .put("method", "lora")
        .put("rank", 4)
        .put("trainEmbeddings", true)
        .put("dropout", 0.1)
        .put("promptTokenDropout", 0.1)
        .put("firstAnswerTokensWeight", 2)
        .put("learningRate", 0.005)
        .put("epochs", 10)
        .put("batchTokens", 128)
        .put("precision", "fp32")
        .put("checkpointEverySteps", 1)
        .put("threads", 1)
        .put("seed", 5);
  }

  /** Long enough that a test on a busy machine can kill it half-way. */
  private ObjectNode longJob(String name) {
    return job(name).put("epochs", 15).put("passTokens", 64);
  }

  private Process start(String name, ObjectNode job) throws IOException {
    Files.createDirectories(directory.resolve(name));
    Path file = Files.writeString(directory.resolve(name + "/job.json"), job.toString());
    return WorkerLauncher.builder(TrainWorker.class, file, "256m").start();
  }

  private List<JsonNode> progress(String name) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    Path file = directory.resolve(name + "/progress.jsonl");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        lines.add(JSON.readTree(line));
      }
    }
    return lines;
  }

  private long checkpoints(String name) throws IOException {
    return progress(name).stream()
        .filter(line -> line.path("event").asText().equals("checkpoint"))
        .count();
  }

  @Test
  void shouldEndWithTheSameBytesWhenKilledAndStartedAgain() throws Exception {
    // Given
    Process undisturbed = start("undisturbed", longJob("undisturbed"));
    assertThat(undisturbed.waitFor()).as(log("undisturbed")).isZero();
    Process killed = start("killed", longJob("killed"));
    while (checkpoints("killed") < 7 && !killed.waitFor(5, TimeUnit.MILLISECONDS)) {
      assertThat(killed.isAlive()).as(log("killed")).isTrue();
    }
    killed.destroyForcibly().waitFor();
    assertThat(directory.resolve("killed/output/training-result.json")).doesNotExist();

    // When
    int status = start("killed", longJob("killed")).waitFor();

    // Then
    assertThat(status).as(log("killed")).isZero();
    assertThat(Files.readAllBytes(directory.resolve("killed/output/adapter_model.safetensors")))
        .isEqualTo(
            Files.readAllBytes(directory.resolve("undisturbed/output/adapter_model.safetensors")));
    assertThat(
            progress("killed").stream()
                .filter(line -> line.path("event").asText().equals("started"))
                .map(line -> line.path("step").asInt()))
        .hasSize(2)
        .element(1)
        .satisfies(step -> assertThat(step).isGreaterThanOrEqualTo(7));
  }

  private String log(String name) throws IOException {
    Path file = directory.resolve(name + "/worker.log");
    return Files.exists(file) ? Files.readString(file) : "no log";
  }

  @Test
  void shouldReportAndSaveEverythingWhenTrainingEnds() throws Exception {
    // When
    int status = start("run", job("run")).waitFor();

    // Then
    assertThat(status).as(log("run")).isZero();
    List<JsonNode> lines = progress("run");
    assertThat(lines.get(0).path("event").asText()).isEqualTo("started");
    assertThat(lines.get(0).path("supervisedTokens").asLong()).isPositive();
    assertThat(lines.get(lines.size() - 1).path("event").asText()).isEqualTo("done");
    List<JsonNode> steps =
        lines.stream().filter(line -> line.path("event").asText().equals("step")).toList();
    assertThat(steps.get(steps.size() - 1).path("trainLoss").asDouble())
        .isLessThan(steps.get(0).path("trainLoss").asDouble() / 2);
    assertThat(steps)
        .allSatisfy(step -> assertThat(step.path("tokenAccuracy").asDouble()).isBetween(0.0, 1.0));
    List<JsonNode> validations =
        lines.stream().filter(line -> line.path("event").asText().equals("validation")).toList();
    assertThat(validations)
        .isNotEmpty()
        .allMatch(line -> line.has("validationLoss"))
        // whoever shows the run must not take a validation for its end
        .allMatch(
            line -> line.path("totalSteps").asLong() == steps.get(0).path("totalSteps").asLong())
        .allMatch(line -> line.path("trainedTokens").asLong() > 0);
    JsonNode result = JSON.readTree(directory.resolve("run/output/training-result.json").toFile());
    assertThat(result.path("method").asText()).isEqualTo("lora");
    assertThat(result.path("baseModelSha256").asText()).hasSize(64);
    assertThat(result.path("bestValidationLoss").asDouble())
        .isLessThanOrEqualTo(result.path("finalValidationLoss").asDouble() + 1e-4);
    assertThat(directory.resolve("run/output/adapter_config.json")).exists();
    assertThat(directory.resolve("run/checkpoints/training.checkpoint")).doesNotExist();

    // When: the same job once more
    run(job("run"));

    // Then
    assertThat(progress("run").get(progress("run").size() - 1).path("message").asText())
        .contains("finished before");
  }

  /**
   * The clock is the test's: every look at it finds ten milliseconds gone, however slow the machine
   * is.
   */
  @Test
  void shouldShortenTheRunWhenTimeIsLimited() throws Exception {
    // Given
    ObjectNode job =
        job("limited").put("epochs", 400).put("maxSeconds", 3).put("checkpointEverySteps", 1000);
    Files.createDirectories(directory.resolve("limited"));
    Path file = Files.writeString(directory.resolve("limited/job.json"), job.toString());
    AtomicLong clock = new AtomicLong();

    // When
    new TrainingRun(TrainJob.read(file), () -> clock.addAndGet(10_000_000)).run();

    // Then
    JsonNode result =
        JSON.readTree(directory.resolve("limited/output/training-result.json").toFile());
    assertThat(result.path("seconds").asDouble()).isBetween(1.0, 3.0);
    assertThat(result.path("steps").asLong()).isGreaterThan(8);
  }

  @Test
  void shouldStillEndInTimeWhenTheMachineGetsBusyOnTheWay() throws Exception {
    // Given a clock that goes four times as fast from its second on
    ObjectNode job =
        job("busy").put("epochs", 9_000).put("maxSeconds", 3).put("checkpointEverySteps", 1000);
    Files.createDirectories(directory.resolve("busy"));
    Path file = Files.writeString(directory.resolve("busy/job.json"), job.toString());
    AtomicLong clock = new AtomicLong();

    // When
    new TrainingRun(
            TrainJob.read(file),
            () -> clock.addAndGet(clock.get() < 1_000_000_000 ? 10_000_000 : 40_000_000))
        .run();

    // Then
    JsonNode result = JSON.readTree(directory.resolve("busy/output/training-result.json").toFile());
    assertThat(result.path("seconds").asDouble()).isBetween(2.0, 3.3);
  }

  @Test
  void shouldMeasureWhatIsKeptWhenGoingOnFromAnEarlierAdapter() throws Exception {
    // Given
    run(job("first"));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lines.add(TinyModel.chat("another question " + i, "something else " + i));
    }
    Path second = TinyModel.chatFile(directory.resolve("second.jsonl"), lines);
    ObjectNode job =
        job("second")
            .put("trainFile", second.toString())
            .put("epochs", 4)
            .put("replayShare", 0.25)
            .put("elasticStrength", 1)
            .put("exampleLosses", true)
            .put("firstAnswerTokensWeight", 1)
            .put("initialAdapterDirectory", directory.resolve("first/output").toString());
    job.remove(List.of("rank", "trainEmbeddings"));
    job.putArray("earlierFiles").add(train.toString());

    // When
    run(job);

    // Then
    assertThat(progress("second").get(0).path("replayedExamples").asInt()).isEqualTo(6);
    JsonNode version = result("second").path("earlierVersions").path(0);
    assertThat(version.path("examples").asInt()).isEqualTo(24);
    assertThat(version.path("lossBefore").asDouble())
        .isCloseTo(result("first").path("finalValidationLoss").asDouble(), within(0.05));
    assertThat(version.path("keptShare").asDouble()).isBetween(0.5, 1.5);
    assertThat(Files.readAllLines(directory.resolve("second/output/example-losses.jsonl")))
        .hasSize(12);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lora", "full"})
  void shouldEndWithTheSameBytesWhenTheBaseIsInShards(String method) throws Exception {
    // Given
    Path sharded = shards(base, directory.resolve("sharded"));
    String weights = method.equals("lora") ? "adapter_model.safetensors" : "model.safetensors";
    ObjectNode job = job("single").put("epochs", 1).put("method", method);
    if (method.equals("full")) {
      job.remove(List.of("rank", "trainEmbeddings", "dropout"));
    }
    run(job);

    // When
    run(
        job.put("baseModelDirectory", sharded.toString())
            .put("outputDirectory", directory.resolve("shards/output").toString())
            .put("checkpointDirectory", directory.resolve("shards/checkpoints").toString())
            .put("progressFile", directory.resolve("shards/progress.jsonl").toString()));

    // Then
    assertThat(directory.resolve("shards/output/" + weights))
        .hasSameBinaryContentAs(directory.resolve("single/output/" + weights));
  }

  @Test
  void shouldNameTheShardWhenItIsMissing() throws Exception {
    // Given
    Path sharded = shards(base, directory.resolve("sharded"));
    Files.delete(sharded.resolve("model-00002-of-00002.safetensors"));

    // When / Then
    assertThatThrownBy(
            () -> run(job("torn").put("baseModelDirectory", sharded.toString()).put("epochs", 1)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model-00002-of-00002.safetensors")
        .hasMessageContaining("copy it there");
  }

  /** The same model with its tensors in two files, one after the other, as publishers do it. */
  private static Path shards(Path single, Path target) throws IOException {
    Files.createDirectories(target);
    for (String name : List.of("config.json", "tokenizer.json")) {
      Files.copy(single.resolve(name), target.resolve(name));
    }
    List<SafetensorsWriter> files = List.of(new SafetensorsWriter(), new SafetensorsWriter());
    ObjectNode index = JSON.createObjectNode();
    int number = 0;
    for (Map.Entry<String, StoredTensor> tensor : WeightFiles.read(single).entrySet()) {
      int file = number++ % 2;
      files.get(file).add(tensor.getKey(), tensor.getValue().shape(), tensor.getValue().toFloats());
      index.withObject("/weight_map").put(tensor.getKey(), shardName(file));
    }
    for (int i = 0; i < files.size(); i++) {
      files.get(i).write(target.resolve(shardName(i)), ElementType.F32);
    }
    Files.writeString(target.resolve(WeightFiles.INDEX), index.toString());
    return target;
  }

  private static String shardName(int index) {
    return "model-0000%d-of-00002.safetensors".formatted(index + 1);
  }

  private JsonNode result(String name) throws IOException {
    return JSON.readTree(directory.resolve(name + "/output/training-result.json").toFile());
  }

  /** In this process, which is quicker than a child. */
  private void run(ObjectNode job) throws IOException {
    Path file = Files.writeString(directory.resolve("job.json"), job.toString());
    new TrainingRun(TrainJob.read(file), System::nanoTime).run();
  }

  private ObjectNode preferenceJob(String name) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      lines.add(TinyModel.pair("question " + i, "answer number " + i, "no answer " + i));
    }
    Path pairs = TinyModel.chatFile(directory.resolve("pairs.jsonl"), lines);
    ObjectNode job =
        job(name)
            .put("method", "dpo")
            .put("beta", 0.2)
            .put("trainFile", pairs.toString())
            .put("validationFile", pairs.toString())
            .put("exampleLosses", true)
            .put("passTokens", 64)
            .put("epochs", 6);
    job.remove(List.of("promptTokenDropout", "firstAnswerTokensWeight", "trainEmbeddings"));
    return job;
  }

  @Test
  void shouldPreferTheRightAnswersWhenPairsAreTrained() throws Exception {
    // When
    run(preferenceJob("preference"));

    // Then
    List<JsonNode> lines = progress("preference");
    assertThat(lines.get(0).path("trainExamples").asInt()).isEqualTo(16);
    List<JsonNode> steps =
        lines.stream().filter(line -> line.path("event").asText().equals("step")).toList();
    assertThat(steps.get(0).path("trainLoss").asDouble()).isCloseTo(Math.log(2), within(1e-4));
    JsonNode last = steps.get(steps.size() - 1);
    assertThat(last.path("rewardAccuracy").asDouble()).isGreaterThan(0.9);
    assertThat(last.path("rewardMargin").asDouble())
        .isGreaterThan(steps.get(steps.size() / 2).path("rewardMargin").asDouble());
    assertThat(lines)
        .anyMatch(
            line ->
                line.path("validationRewardAccuracy").asDouble() > 0.9
                    && line.path("validationLoss").asDouble() < 0.5);
    assertThat(result("preference").path("method").asText()).isEqualTo("dpo");
    assertThat(result("preference").path("finalRewardAccuracy"))
        .isEqualTo(last.path("rewardAccuracy"));
    assertThat(Files.readAllLines(directory.resolve("preference/output/example-losses.jsonl")))
        .hasSize(16);
    assertThat(directory.resolve("preference/output/adapter_config.json")).exists();
  }

  /** The clock breaks the run between two checkpoints, as a kill would. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldEndWithTheSameBytesWhenAPreferenceRunIsBroken(boolean allWeights) throws Exception {
    // Given
    run(preferenceJob("whole").put("allWeights", allWeights));
    ObjectNode broken =
        preferenceJob("broken").put("allWeights", allWeights).put("checkpointEverySteps", 4);
    Path file = Files.writeString(directory.resolve("broken.json"), broken.toString());
    AtomicLong looks = new AtomicLong();
    assertThatThrownBy(
            () ->
                new TrainingRun(
                        TrainJob.read(file),
                        () -> {
                          if (checkpointed("broken") && looks.incrementAndGet() > 2) {
                            throw new UncheckedIOException(new IOException("gone"));
                          }
                          return System.nanoTime();
                        })
                    .run())
        .isInstanceOf(UncheckedIOException.class);

    // When
    run(broken);

    // Then
    String weights = allWeights ? "model.safetensors" : "adapter_model.safetensors";
    assertThat(Files.readAllBytes(directory.resolve("broken/output/" + weights)))
        .isEqualTo(Files.readAllBytes(directory.resolve("whole/output/" + weights)));
    assertThat(progress("broken"))
        .anyMatch(
            line ->
                line.path("event").asText().equals("started") && line.path("step").asInt() == 4);
  }

  private boolean checkpointed(String name) {
    return Files.exists(directory.resolve(name + "/checkpoints/training.checkpoint"));
  }

  @Test
  void shouldEndEarlyAndKeepTheBestWeightsWhenValidationGetsWorse() throws Exception {
    // Given: what is held out contradicts what is trained
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      lines.add(TinyModel.chat("question " + i, "qqqq zzzz xxxx " + (97 - i)));
    }
    Path other = TinyModel.chatFile(directory.resolve("other.jsonl"), lines);

    // When
    run(
        job("overfit")
            .put("validationFile", other.toString())
            .put("earlyStoppingPatience", 1)
            .put("learningRate", 0.02)
            .put("epochs", 60));

    // Then
    JsonNode result = result("overfit");
    assertThat(progress("overfit")).anyMatch(line -> line.path("event").asText().equals("stopped"));
    assertThat(result.path("weightsOfStep").asLong()).isLessThan(result.path("steps").asLong());
    assertThat(result.path("finalValidationLoss").asDouble())
        .isCloseTo(result.path("bestValidationLoss").asDouble(), within(1e-3));
  }

  @Test
  void shouldRefuseWithBothNumbersWhenMemoryDoesNotSuffice() {
    assertThatThrownBy(() -> run(job("large").put("memoryLimitBytes", 64L << 20)))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("needs about")
        .hasMessageContaining("there are 64 MB")
        .hasMessageContaining("set passTokens below 128");
  }

  /** A limit on the size of files, set by the shell, makes writing fail as a full disk does. */
  @Test
  void shouldKeepTheOldCheckpointWhenTheDiskIsFull() throws Exception {
    // Given: a run that was killed behind a checkpoint
    Process killed = start("full", longJob("full"));
    while (checkpoints("full") < 3 && !killed.waitFor(5, TimeUnit.MILLISECONDS)) {
      assertThat(killed.isAlive()).as(log("full")).isTrue();
    }
    killed.destroyForcibly().waitFor();
    Path checkpoint = directory.resolve("full/checkpoints/training.checkpoint");
    byte[] before = Files.readAllBytes(checkpoint);
    ProcessBuilder limited =
        WorkerLauncher.builder(TrainWorker.class, directory.resolve("full/job.json"), "256m");
    List<String> command = new ArrayList<>(List.of("bash", "-c", "ulimit -f 64; exec \"$@\"", "-"));
    command.addAll(limited.command());

    // When
    int status = limited.command(command).start().waitFor();

    // Then
    assertThat(status).as(log("full")).isEqualTo(1);
    assertThat(log("full"))
        .contains("TRAINING_IO_FAILED", checkpoint.toString(), "Free space on its disk");
    assertThat(Files.readAllBytes(checkpoint)).isEqualTo(before);
    run(longJob("full"));
    assertThat(directory.resolve("full/output/training-result.json")).exists();
  }

  @ParameterizedTest
  @CsvSource({
    "method, dora, JOB_INVALID",
    "trainFile, /nowhere/train.jsonl, JOB_INVALID",
    "baseModelDirectory, /nowhere, MODEL_INVALID"
  })
  void shouldNameTheFieldWhenTheJobIsWrong(String field, String value, String errorCode)
      throws Exception {
    // When
    int status = start("wrong", job("wrong").put(field, value)).waitFor();

    // Then
    assertThat(status).isEqualTo(2);
    assertThat(log("wrong")).contains(field.equals("baseModelDirectory") ? "/nowhere" : field);
    assertThat(
            progress("wrong").stream()
                .map(line -> line.path("errorCode").asText(""))
                .filter(code -> !code.isEmpty()))
        .containsExactly(errorCode);
  }

  @Test
  void shouldRefuseWhenAFieldIsUnknown() throws Exception {
    // When
    int status = start("typo", job("typo").put("learningrate", 1)).waitFor();

    // Then
    assertThat(status).isEqualTo(2);
    assertThat(log("typo")).contains("learningrate");
  }

  @Test
  void shouldNameTheRowWhenNothingIsSupervised() throws Exception {
    // Given
    Path silent =
        TinyModel.chatFile(
            directory.resolve("silent.jsonl"),
            List.of("{\"messages\":[{\"role\":\"user\",\"content\":\"a\"}]}"));

    // When
    int status = start("silent", job("silent").put("trainFile", silent.toString())).waitFor();

    // Then
    assertThat(status).isEqualTo(2);
    JsonNode last = progress("silent").get(0);
    assertThat(last.path("errorCode").asText()).isEqualTo("TRAINING_DATA_INVALID");
    assertThat(last.path("message").asText()).contains("silent.jsonl line 1");
  }

  @Test
  void shouldEndWhenTheParentsEndOfThePipeIsGone() throws Exception {
    // Given
    Process worker = start("orphan", job("orphan").put("epochs", 2000));
    while (progress("orphan").isEmpty() && !worker.waitFor(5, TimeUnit.MILLISECONDS)) {
      assertThat(worker.isAlive()).as(log("orphan")).isTrue();
    }

    // When
    worker.getOutputStream().close();

    // Then
    assertThat(worker.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(worker.exitValue()).isEqualTo(4);
  }

  @Test
  void shouldAnswerEveryQuestionWhenAsked() throws Exception {
    // Given
    Path input =
        TinyModel.chatFile(
            directory.resolve("questions.jsonl"),
            List.of(
                "{\"id\":\"b\",\"messages\":[{\"role\":\"user\",\"content\":\"a longer"
                    + " question\"}],\"reference\":\"answer\"}",
                "{\"id\":7,\"messages\":[{\"role\":\"user\",\"content\":\"q\"}]}"));
    Path output = directory.resolve("answers.jsonl");
    ObjectNode job =
        JSON.createObjectNode()
            .put("baseModelDirectory", base.toString())
            .put("progressFile", directory.resolve("answer-progress.jsonl").toString())
            .put("maxNewTokens", 8)
            .put("threads", 2);
    Path again = directory.resolve("again.jsonl");
    for (Path file : List.of(output, again)) {
      job.withArray("parts")
          .addObject()
          .put("inputFile", input.toString())
          .put("outputFile", file.toString());
    }
    Path file = Files.writeString(directory.resolve("answer-job.json"), job.toString());

    // When
    int status = WorkerLauncher.builder(AnswerWorker.class, file, "256m").start().waitFor();

    // Then
    assertThat(status).isZero();
    List<String> lines = Files.readAllLines(output);
    JsonNode first = JSON.readTree(lines.get(0));
    JsonNode second = JSON.readTree(lines.get(1));
    assertThat(first.path("id").asText()).isEqualTo("b");
    assertThat(first.path("referenceLogLikelihood").asDouble()).isNegative();
    assertThat(first.path("completionTokens").asInt()).isBetween(1, 8);
    assertThat(second.path("id").asInt()).isEqualTo(7);
    assertThat(second.has("referenceLogLikelihood")).isFalse();
    assertThat(second.path("finishReason").asText()).isIn("stop", "length");
    assertThat(again).hasSameTextualContentAs(output);
    List<String> progress = Files.readAllLines(directory.resolve("answer-progress.jsonl"));
    assertThat(JSON.readTree(progress.get(progress.size() - 1)).path("step").asInt()).isEqualTo(4);
  }
}
