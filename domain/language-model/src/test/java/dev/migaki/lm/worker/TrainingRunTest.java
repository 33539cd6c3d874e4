package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.training.TrainingDivergedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a run goes on, when it starts anew, and what it refuses to write over. */
@Timeout(value = 300, unit = TimeUnit.SECONDS)
class TrainingRunTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path directory;
  private Path base;
  private Path train;
  private Path validation;
  private Path output;

  @BeforeEach
  void writeInput() {
    base = TinyModel.write(directory.resolve("base"), 3);
    train = chats("train.jsonl", "answer number ", 24);
    validation = chats("validation.jsonl", "answer number ", 8);
    output = directory.resolve("output");
  }

  private Path chats(String name, String answer, int count) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      lines.add(TinyModel.chat("question " + i, answer + i));
    }
    return TinyModel.chatFile(directory.resolve(name), lines);
  }

  /** Twelve steps or so. */
  private ObjectNode job() {
    ObjectNode job =
        JSON.createObjectNode()
            .put("baseModelDirectory", base.toString())
            .put("trainFile", train.toString())
            .put("validationFile", validation.toString())
            .put("outputDirectory", output.toString())
            .put("checkpointDirectory", directory.resolve("checkpoints").toString())
            .put("progressFile", directory.resolve("progress.jsonl").toString())
            .put("method", "lora")
            .put("rank", 4)
            .put("learningRate", 0.005)
            .put("epochs", 2)
            .put("batchTokens", 128)
            .put("precision", "fp32")
            .put("seed", 5);
    job.putArray("earlierFiles").add(chats("earlier.jsonl", "what was right ", 10).toString());
    return job;
  }

  private TrainJob read(ObjectNode job) throws IOException {
    return TrainJob.read(Files.writeString(directory.resolve("job.json"), job.toString()));
  }

  private void run(ObjectNode job) throws IOException {
    new TrainingRun(read(job), System::nanoTime).run();
  }

  /** Ends the run where it first looks at its clock with this file there, as a kill would. */
  private void runAndKill(ObjectNode job, Path when) {
    assertThatThrownBy(
            () ->
                new TrainingRun(
                        read(job),
                        () -> {
                          if (Files.exists(when)) {
                            throw new UncheckedIOException(new IOException("killed"));
                          }
                          return System.nanoTime();
                        })
                    .run())
        .hasMessageContaining("killed");
  }

  private List<JsonNode> events(String name) throws IOException {
    List<JsonNode> found = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("progress.jsonl"))) {
      JsonNode event = JSON.readTree(line);
      if (event.path("event").asText().equals(name)) {
        found.add(event);
      }
    }
    return found;
  }

  private JsonNode result() throws IOException {
    return JSON.readTree(output.resolve("training-result.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base/config.json",
        "base/tokenizer.json",
        "base/tokenizer_config.json",
        "base/chat_template.jinja",
        "base/generation_config.json",
        "validation.jsonl",
        "earlier.jsonl",
        "train.jsonl"
      })
  void shouldTrainAgainWhenAFileOfTheInputIsAnother(String name) throws IOException {
    // Given
    run(job());
    Path file = directory.resolve(name);
    String before = Files.exists(file) ? Files.readString(file) : "";
    ObjectNode again = job();
    String after =
        switch (name) {
          case "base/tokenizer_config.json", "base/generation_config.json" -> "{}";
          case "base/chat_template.jinja" ->
              "{% for message in messages %}{{ message['content'] }}{% endfor %}";
          case "base/config.json", "base/tokenizer.json" -> before + "\n";
          default -> before + TinyModel.chat("one more", "row") + "\n";
        };
    Files.writeString(file, after);

    // When
    run(again);

    // Then
    assertThat(events("started")).hasSize(2);
    assertThat(events("done")).noneMatch(event -> event.has("message"));
  }

  @Test
  void shouldTrainAgainWhenLossesOfExamplesAreWantedNow() throws IOException {
    // Given
    run(job());

    // When
    run(job().put("exampleLosses", true));

    // Then
    assertThat(output.resolve("example-losses.jsonl")).exists();
  }

  @Test
  void shouldTrainNothingWhenOnlyPathsAndTheCheckpointIntervalAreOthers() throws IOException {
    // Given
    run(job());
    Files.move(validation, directory.resolve("moved.jsonl"));

    // When
    run(
        job()
            .put("validationFile", directory.resolve("moved.jsonl").toString())
            .put("checkpointEverySteps", 7));

    // Then
    assertThat(events("started")).hasSize(1);
    assertThat(events("done").get(1).path("message").asText()).contains("finished before");
  }

  @ParameterizedTest
  @ValueSource(strings = {"validation.jsonl", "earlier.jsonl"})
  void shouldMakeItsPlanAnewWhenTheInputChangedAfterAKill(String name) throws IOException {
    // Given: killed behind its first decisions, before a checkpoint
    Path journal = directory.resolve("checkpoints/run.json");
    runAndKill(job(), journal);
    ObjectNode plan = (ObjectNode) JSON.readTree(journal.toFile());
    plan.put("bestValidationLoss", 1e-6).put("bestValidationStep", 1).put("lastValidationStep", 1);
    plan.putArray("totalSteps").addObject().put("fromStep", 0).put("total", 1);
    Files.writeString(journal, plan.toString());
    ObjectNode job = job();
    Files.writeString(
        directory.resolve(name),
        Files.readString(directory.resolve(name)) + TinyModel.chat("one more", "row") + "\n");

    // When
    run(job);

    // Then
    assertThat(result().path("steps").asLong()).isGreaterThan(5);
    assertThat(result().path("bestValidationLoss").asDouble()).isGreaterThan(0.01);
  }

  @Test
  void shouldKeepItsPlanWhenTheInputIsTheSameAfterAKill() throws IOException {
    // Given
    Path journal = directory.resolve("checkpoints/run.json");
    runAndKill(job(), journal);
    ObjectNode plan = (ObjectNode) JSON.readTree(journal.toFile());
    plan.putArray("totalSteps").addObject().put("fromStep", 0).put("total", 3);
    Files.writeString(journal, plan.toString());

    // When
    run(job());

    // Then
    assertThat(result().path("steps").asLong()).isEqualTo(3);
  }

  @Test
  void shouldMakeItsPlanAnewWhenTheJournalSaysNotWhatItBelongsTo() throws IOException {
    // Given
    Path journal = directory.resolve("checkpoints/run.json");
    runAndKill(job(), journal);
    Files.writeString(
        journal, "{\"precision\":\"FP32\",\"totalSteps\":[{\"fromStep\":0,\"total\":1}]}");

    // When
    run(job());

    // Then
    assertThat(result().path("steps").asLong()).isGreaterThan(5);
  }

  private ObjectNode fullJob() {
    ObjectNode job = job().put("method", "full");
    job.remove("rank");
    return job;
  }

  @Test
  void shouldRefuseToWriteOverItsBaseModel() throws IOException {
    // Given
    Path link = Files.createSymbolicLink(directory.resolve("link"), base);
    byte[] before = Files.readAllBytes(base.resolve("model.safetensors"));

    // When / Then
    assertThatThrownBy(() -> run(fullJob().put("outputDirectory", link.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'outputDirectory' is the base model's directory");
    assertThat(Files.readAllBytes(base.resolve("model.safetensors"))).isEqualTo(before);
  }

  @Test
  void shouldRefuseToWriteOverAModelThatNoRunLeftThere() throws IOException {
    // Given
    TinyModel.write(output, 9);
    byte[] before = Files.readAllBytes(output.resolve("model.safetensors"));

    // When / Then
    assertThatThrownBy(() -> run(fullJob()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'outputDirectory'")
        .hasMessageContaining("no training run left there");
    assertThat(Files.readAllBytes(output.resolve("model.safetensors"))).isEqualTo(before);
  }

  @Test
  void shouldWriteOverWhatARunLeftThere() throws IOException {
    // Given
    run(fullJob());

    // When
    run(fullJob().put("seed", 6));

    // Then
    assertThat(result().path("seed").asInt()).isEqualTo(6);
  }

  @Test
  void shouldGoOnWhenItWasKilledBetweenItsWeightsAndItsResult() throws IOException {
    // Given
    runAndKill(fullJob(), output.resolve("model.safetensors"));
    assertThat(output.resolve("training-result.json")).doesNotExist();

    // When
    run(fullJob());

    // Then
    assertThat(result().path("steps").asLong()).isGreaterThan(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"outputDirectory", "checkpointDirectory"})
  void shouldNameTheProcessWhenAnotherRunIsWritingThere(String shared) throws Exception {
    // Given
    ObjectNode endless = job().put("epochs", 10_000);
    Path file = Files.writeString(directory.resolve("endless.json"), endless.toString());
    Process other = WorkerLauncher.builder(TrainWorker.class, file, "256m").start();
    while (!Files.exists(directory.resolve("checkpoints/run.json"))) {
      assertThat(other.waitFor(5, TimeUnit.MILLISECONDS)).isFalse();
    }
    ObjectNode second =
        job()
            .put("outputDirectory", directory.resolve("output2").toString())
            .put("checkpointDirectory", directory.resolve("checkpoints2").toString())
            .put(shared, endless.path(shared).asText());

    // When / Then
    assertThatThrownBy(() -> run(second))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another run (process " + other.pid() + ") is writing to")
        .hasMessageContaining(endless.path(shared).asText());

    // When: the other one dies and leaves its lock's file behind
    other.destroyForcibly().waitFor();
    assertThat(directory.resolve("output/.training.lock")).exists();
    Files.deleteIfExists(directory.resolve("checkpoints/training.checkpoint"));
    run(second);

    // Then
    Path written = Path.of(second.path("outputDirectory").asText());
    assertThat(written.resolve("training-result.json")).exists();
    assertThat(written.resolve(".training.lock")).doesNotExist();
  }

  @Test
  void shouldNotClipWhenTheLargestNormIsZero() throws IOException {
    // When
    byte[] none = weights(job().put("clipNorm", 0));
    byte[] never = weights(job().put("clipNorm", 1e9));
    byte[] always = weights(job().put("clipNorm", 1e-3));

    // Then
    assertThat(none).isEqualTo(never).isNotEqualTo(always);
  }

  private byte[] weights(ObjectNode job) throws IOException {
    run(job);
    return Files.readAllBytes(output.resolve("adapter_model.safetensors"));
  }

  @Test
  void shouldKeepTheBestWeightsWhenValidationRisesALittleAndPatienceEnds() throws IOException {
    // Given: what is held out contradicts what is trained
    ObjectNode job =
        job()
            .put("validationFile", chats("other.jsonl", "number of answers: 9", 12).toString())
            .put("earlyStoppingPatience", 1)
            .put("learningRate", 0.004)
            .put("epochs", 40);

    // When
    run(job);

    // Then
    JsonNode last = events("validation").get(events("validation").size() - 1);
    assertThat(last.path("validationLoss").asDouble())
        .isBetween(
            result().path("bestValidationLoss").asDouble() + 1e-3,
            1.2 * result().path("bestValidationLoss").asDouble());
    assertThat(events("stopped")).hasSize(1);
    assertThat(result().path("finalValidationLoss").asDouble())
        .isEqualTo(result().path("bestValidationLoss").asDouble());
    assertThat(result().path("weightsOfStep")).isEqualTo(events("restored").get(0).path("step"));
  }

  @Test
  void shouldSayThatItDivergedWhenTheLossIsWorseThanGuessing() throws IOException {
    for (int attempt = 1; attempt <= 2; attempt++) {
      // When
      assertThatThrownBy(() -> run(fullJob().put("learningRate", 1).put("epochs", 10)))

          // Then
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("worse than guessing")
          .hasMessageContaining("lower the learning rate");
      assertThat(events("started")).hasSize(attempt).allMatch(e -> e.path("step").asInt() == 0);
    }
    assertThat(output.resolve("model.safetensors")).doesNotExist();
  }
}
