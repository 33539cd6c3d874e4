package dev.migaki.training.outbound.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.training.config.FixedTrainingConfig;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.Protection;
import dev.migaki.training.domain.Protection.Earlier;
import dev.migaki.training.domain.RecipeHyperparameters;
import dev.migaki.training.domain.TrainingProvider.Job;
import dev.migaki.training.domain.TrainingProvider.Measurement;
import dev.migaki.training.domain.TrainingProvider.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the quick-start base model and a few steps in the real child process. */
class LocalTrainerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "quick-start";

  @TempDir Path directory;
  private LocalTrainer trainer;

  @BeforeEach
  void create() {
    trainer = new LocalTrainer(FixedTrainingConfig.in(directory), JSON);
  }

  @Test
  void shouldGoOnFromAnAdapterAndReplayWhatIsNotAskedAgain() throws IOException {
    // Given a model that learned 20 answers
    Path old = lines("old.jsonl", 20, i -> chat("What is in box " + i + "?", "Pens, " + i));
    Outcome.Trained first = trained(job("first", lora(), null, old, Protection.NONE, List.of()));
    // and 12 new ones, of which 2 are to old questions
    Path fresh = lines("new.jsonl", 12, i -> chat("What is in box " + (i + 18) + "?", "Ink"));
    Protection protection =
        new Protection(
            0.5, 1, List.of(new Earlier("v1", new ArtifactRef("file:m", "a".repeat(64), 1, "b"))));

    // When
    Outcome.Trained second =
        trained(job("second", lora(), first.modelDirectory(), fresh, protection, List.of(old)));

    // Then half of the 18 others are replayed, and what is left of them is measured
    assertThat(started(second).path("trainExamples").asInt()).isEqualTo(12);
    assertThat(started(second).path("replayedExamples").asInt()).isEqualTo(9);
    JsonNode kept = JSON.readTree(second.resultJson()).path("earlierVersions").path(0);
    assertThat(kept.path("examples").asInt()).isEqualTo(20);
    assertThat(kept.path("lossBefore").asDouble())
        .isLessThan(JSON.readTree(first.resultJson()).path("finalTrainLoss").asDouble() + 0.5);
    assertThat(Files.readString(second.modelDirectory().resolve("adapter_config.json")))
        .contains("\"r\" : 4");
  }

  @Test
  void shouldPassMoreOftenWhenEpochsAreAutoAndStepsAreFew() throws IOException {
    // Given
    String answer = "Pens and ink. ".repeat(20);
    Path train = lines("train.jsonl", 100, i -> chat("What is in box " + i + "?", answer));
    RecipeHyperparameters automatic =
        new RecipeHyperparameters(Map.of("method", "full", "epochs", "auto"));

    // When
    var large = (Measurement.Usable) trainer.measure(BASE, automatic, train);
    var small =
        (Measurement.Usable)
            trainer.measure(BASE, automatic.with(Map.of("batchTokens", "16")), train);

    // Then
    int passes = large.automatic().epochs();
    assertThat(passes * large.tokensPerEpoch() / 1024.0).isGreaterThanOrEqualTo(100);
    assertThat(passes).isBetween(4, 24);
    assertThat(small.automatic().epochs()).isEqualTo(3);
  }

  @Test
  void shouldLearnFromPairsWhenMethodIsDpo() throws IOException {
    // Given
    Path pairs = lines("pairs.jsonl", 12, LocalTrainerTest::pair);
    RecipeHyperparameters recipe =
        new RecipeHyperparameters(
            Map.of("method", "dpo", "rank", "4", "threads", "1", "precision", "fp32"));
    Measurement.Usable measured = (Measurement.Usable) trainer.measure(BASE, recipe, pairs);
    assertThat(measured.automatic().epochs()).isEqualTo(8);
    assertThat(measured.automatic().learningRate()).isEqualTo(4e-4);

    // When
    Outcome.Trained trained =
        trained(
            job(
                "pairs",
                recipe.with(Map.of("epochs", "1")).resolve(measured.automatic()),
                null,
                pairs,
                Protection.NONE,
                List.of()));

    // Then
    assertThat(JSON.readTree(trained.resultJson()).path("beta").asDouble()).isEqualTo(0.1);
    assertThat(trained.trainedTokens()).isEqualTo(measured.tokensPerEpoch());
  }

  /** A file where a directory is needed cannot be written below, as on a full disk. */
  @Test
  void shouldNameTheFileWhenNothingCanBeSaved() throws IOException {
    // Given
    Path train = lines("train.jsonl", 10, i -> chat("Question " + i, "Answer"));
    Job job = job("unsaved", lora(), null, train, Protection.NONE, List.of());
    Files.createDirectories(job.workDirectory());
    Path blocked = Files.writeString(job.workDirectory().resolve("checkpoints"), "");

    // When
    Outcome outcome = trainer.train(job, progress -> {}, () -> false);

    // Then
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Interrupted.class,
            interrupted ->
                assertThat(interrupted.message())
                    .startsWith("Cannot write " + blocked.toAbsolutePath())
                    .contains("Free space on its disk"));
  }

  @Test
  void shouldSayWhatToDoWhenThereAreNoPairs() throws IOException {
    // Given
    Path answers = lines("answers.jsonl", 10, i -> chat("Question " + i, "Answer"));

    // When
    Measurement measured =
        trainer.measure(BASE, new RecipeHyperparameters(Map.of("method", "dpo")), answers);

    // Then
    assertThat(measured)
        .isInstanceOfSatisfying(
            Measurement.Unusable.class,
            unusable -> {
              assertThat(unusable.code()).isEqualTo("PREFERENCE_PAIRS_MISSING");
              assertThat(unusable.message())
                  .startsWith("answers.jsonl line 1")
                  .contains("choose method full or lora")
                  .doesNotContain("Question");
            });
  }

  private static Hyperparameters lora() {
    return new RecipeHyperparameters(
            Map.of(
                "method",
                "lora",
                "rank",
                "4",
                "trainEmbeddings",
                "false",
                "epochs",
                "1",
                "threads",
                "1",
                "batchTokens",
                "512",
                "passTokens",
                "128"))
        .known();
  }

  private Job job(
      String name,
      Hyperparameters hyperparameters,
      @Nullable Path start,
      Path train,
      Protection protection,
      List<Path> earlier) {
    return new Job(
        name,
        BASE,
        start,
        hyperparameters,
        train,
        null,
        protection,
        earlier,
        directory.resolve(name));
  }

  private Outcome.Trained trained(Job job) throws IOException {
    Outcome outcome = trainer.train(job, progress -> {}, () -> false);
    assertThat(outcome)
        .as(Files.readString(job.workDirectory().resolve("worker.log")))
        .isInstanceOf(Outcome.Trained.class);
    return (Outcome.Trained) outcome;
  }

  private static JsonNode started(Outcome.Trained trained) throws IOException {
    return JSON.readTree(Files.readAllLines(trained.metricsFile()).get(0));
  }

  private Path lines(String name, int count, IntFunction<String> line) throws IOException {
    return Files.writeString(
        directory.resolve(name),
        IntStream.range(0, count).mapToObj(line).collect(Collectors.joining("\n")));
  }

  private static String chat(String question, String answer) {
    return "{\"messages\":[%s,%s]}".formatted(user(question), assistant(answer));
  }

  private static String pair(int number) {
    return "{\"input\":{\"messages\":[%s]},\"preferred_output\":[%s],\"non_preferred_output\":[%s]}"
        .formatted(user("Box " + number + "?"), assistant("Pens."), assistant("I do not know."));
  }

  private static String user(String text) {
    return "{\"role\":\"user\",\"content\":\"%s\"}".formatted(text);
  }

  private static String assistant(String text) {
    return "{\"role\":\"assistant\",\"content\":\"%s\"}".formatted(text);
  }
}
