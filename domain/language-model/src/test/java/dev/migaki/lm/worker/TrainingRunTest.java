package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.TinyModel;
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
}
