package dev.migaki.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DatasetSealed;
import dev.migaki.contracts.Event.DocumentErased;
import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.contracts.Event.RunFailed;
import dev.migaki.contracts.Event.RunProgressed;
import dev.migaki.contracts.Event.RunQuoted;
import dev.migaki.contracts.Event.RunStarted;
import dev.migaki.contracts.Topics;
import dev.migaki.lm.worker.TrainWorker;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.messaging.RunDirectories;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The stage on a real broker and database, with the quick-start base model and a few seconds of
 * training.
 */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class TrainingIT {
  @Inject ArtifactStore artifacts;
  @Inject TrainingConfig config;
  @Inject RunDirectories directories;

  private TopicProbe probe;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  @Test
  void shouldTrainAModelWhenAVersionIsSealed() {
    // When
    ModelTrained model = firstOfTwo();

    // Then
    assertThat(model.modelId()).startsWith("ft:quick-start:migaki:continued:");
    assertThat(model.trainedTokens()).isPositive();
    assertThat(artifacts.exists(model.model())).isTrue();
    assertThat(new String(artifacts.read(model.provenance()), StandardCharsets.UTF_8))
        .contains(model.version(), "baseModelSha256");
    RunQuoted quote = probe.awaitEvents(Topics.RUNS, "continued", RunQuoted.class, 1).get(0);
    assertThat(quote.withinBudget()).isTrue();
    assertThat(quote.hyperparameters()).containsEntry("epochs", "2").doesNotContainKey("rank");
    // the worker counts what it computed: its batches are padded to the longest of similar examples
    assertThat(model.trainedTokens())
        .isBetween(quote.trainedTokens(), Math.round(1.25 * quote.trainedTokens()));
    assertThat(probe.awaitEvents(Topics.RUNS, "continued", RunProgressed.class, 1)).isNotEmpty();
    RestAssured.get("/v1/runs?dataset=continued")
        .then()
        .statusCode(200)
        .body("[-1].state", org.hamcrest.Matchers.equalTo("succeeded"))
        .body("[-1].modelId", org.hamcrest.Matchers.equalTo(model.modelId()));
    RestAssured.get("/v1/runs?limit=many")
        .then()
        .statusCode(400)
        .body(
            "error.message",
            org.hamcrest.Matchers.equalTo("limit must be a whole number from 1 to 500."));
    RestAssured.get("/v1/runs/nothing")
        .then()
        .statusCode(404)
        .body("error.code", org.hamcrest.Matchers.equalTo("RUN_UNKNOWN"));
    RestAssured.post("/v1/runs/" + model.runId() + "/cancel")
        .then()
        .statusCode(409)
        .body("error.code", org.hamcrest.Matchers.equalTo("RUN_ENDED"));
  }

  /** Of both tests that need it, whichever comes first: an event that was handled is no work. */
  private ModelTrained firstOfTwo() {
    probe.publish(sealed("continued", 12), "1continued-sealed");
    return trained("continued", 1);
  }

  @Test
  void shouldStartFromThePreviousModelWhenALaterVersionIsSealed() {
    // Given
    ModelTrained first = firstOfTwo();

    // When the second version answers six of the twelve questions again, and six others
    probe.publish(sealed("continued", 6, 18), "2continued-sealed");

    // Then
    ModelTrained second = trained("continued", 2);
    assertThat(new String(artifacts.read(second.provenance()), StandardCharsets.UTF_8))
        .contains("\"startModelId\":\"" + first.modelId() + "\"");
    assertThat(second.trainLoss()).isLessThan(first.trainLoss());
    RestAssured.get("/v1/runs?dataset=continued")
        .then()
        .body("[0].startModelId", org.hamcrest.Matchers.equalTo(first.modelId()))
        .body("[1].startModelId", org.hamcrest.Matchers.nullValue());
    // and half of the six questions that only the first one answers were learned again
    JsonNode provenance = json(second.provenance());
    assertThat(provenance.at("/protection/replayShare").asDouble()).isEqualTo(0.5);
    assertThat(provenance.at("/protection/elasticStrength").asDouble()).isEqualTo(0.1);
    assertThat(provenance.at("/protection/earlier/0/version").asText()).isEqualTo(first.version());
    assertThat(provenance.at("/result/earlierVersions/0/examples").asInt()).isEqualTo(12);
    assertThat(new String(artifacts.read(second.metrics()), StandardCharsets.UTF_8))
        .contains("\"trainExamples\":12", "\"replayedExamples\":3");
    assertThat(json(first.provenance()).at("/protection/earlier")).isEmpty();
  }

  private JsonNode json(ArtifactRef artifact) {
    try {
      return new ObjectMapper().readTree(artifacts.read(artifact));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void shouldNotStartFromAModelWhenItLearnedFromAnErasedDocument() {
    // Given
    DatasetSealed version = sealed("withdrawn", 12);
    probe.publish(version, "1withdrawn-sealed");
    ModelTrained first = trained("withdrawn", 1);
    Event.ErasedPart affected =
        new Event.ErasedPart("version", "1", version.version(), "rewritten");

    // When
    probe.publish(
        new DocumentErased(
            "withdrawn",
            "faq-1",
            new Event.Position(Topics.INGEST, 0, 1),
            null,
            new Event.Receipt("cleanse", List.of(), List.of(), List.of(affected))),
        "erased-withdrawn-1");
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.DOCUMENTS, "withdrawn", DocumentErased.class))
                    .anyMatch(event -> names(event, first.modelId())));
    probe.publish(sealed("withdrawn", 11), "2withdrawn-sealed");

    // Then
    ModelTrained second = trained("withdrawn", 2);
    assertThat(second.modelId()).isNotEqualTo(first.modelId());
    assertThat(new String(artifacts.read(second.provenance()), StandardCharsets.UTF_8))
        .doesNotContain(first.modelId());
  }

  private static boolean names(DocumentErased event, String modelId) {
    Event.Receipt receipt = event.receipt();
    return receipt != null
        && receipt.affected().stream().anyMatch(part -> part.where().equals(modelId));
  }

  @Test
  void shouldRefuseWhenTheQuoteIsOverBudget() {
    // When
    probe.publish(sealed("costly", 24), "sealed-costly");

    // Then
    RunFailed failed = probe.awaitEvents(Topics.RUNS, "costly", RunFailed.class, 1).get(0);
    assertThat(failed.code()).isEqualTo("BUDGET_EXCEEDED");
    assertThat(failed.message()).contains("the recipe allows 0.00 per run");
    assertThat(probe.events(Topics.RUNS, "costly"))
        .noneMatch(event -> event.event() instanceof RunStarted);
  }

  @Test
  void shouldRefuseWithTheReasonWhenTheMethodNeedsPairsAndTheVersionHasTooFew() {
    // When
    probe.publish(sealed("preferences", 24), "1preferences-sealed");
    probe.publish(withPairs("preferences", 9), "2preferences-sealed");

    // Then
    List<RunFailed> refused = probe.awaitEvents(Topics.RUNS, "preferences", RunFailed.class, 2);
    assertThat(refused)
        .extracting(RunFailed::code)
        .containsExactly("PREFERENCE_PAIRS_MISSING", "PREFERENCE_PAIRS_MISSING");
    assertThat(refused.get(0).message())
        .startsWith("the version has 0 preference pairs, 10 are needed")
        .contains("method dpo");
    assertThat(refused.get(1).message()).startsWith("the version has 9 preference pairs");
    assertThat(probe.events(Topics.RUNS, "preferences"))
        .noneMatch(event -> event.event() instanceof RunQuoted);
    RestAssured.get("/v1/runs?dataset=preferences")
        .then()
        .body("state", org.hamcrest.Matchers.everyItem(org.hamcrest.Matchers.equalTo("refused")))
        .body("[0].hyperparameters.method", org.hamcrest.Matchers.equalTo("dpo"));
  }

  /** What an event of an earlier release or a rewritten version may promise and not hold. */
  @Test
  void shouldFailWithTheReasonWhenThePairsAreGone() {
    // When
    probe.publish(sealed("bereft", 0, 12, "", 12), "sealed-bereft");

    // Then
    RunFailed failed = probe.awaitEvents(Topics.RUNS, "bereft", RunFailed.class, 1).get(0);
    assertThat(failed.code()).isEqualTo("PREFERENCE_PAIRS_MISSING");
    assertThat(failed.message()).startsWith("the version has no preference pairs; ");
  }

  @Test
  void shouldLearnFromThePairsOfAVersionAndGoOnFromThatModelWhenTheMethodIsDpo() {
    // When
    probe.publish(withPairs("preferred", 12), "1preferred-sealed");
    ModelTrained first = trained("preferred", 1);
    probe.publish(withPairs("preferred", 14), "2preferred-sealed");

    // Then
    ModelTrained second = trained("preferred", 2);
    assertThat(first.method()).isEqualTo("dpo");
    assertThat(json(first.provenance()).at("/result/beta").asDouble()).isEqualTo(0.1);
    assertThat(new String(artifacts.read(first.metrics()), StandardCharsets.UTF_8))
        .contains("\"trainExamples\":12", "rewardAccuracy");
    assertThat(new String(artifacts.read(second.metrics()), StandardCharsets.UTF_8))
        .contains("\"trainExamples\":14");
    assertThat(json(second.provenance()).at("/startModelId").asText()).isEqualTo(first.modelId());
    RunQuoted quote = probe.awaitEvents(Topics.RUNS, "preferred", RunQuoted.class, 1).get(0);
    assertThat(quote.hyperparameters()).containsEntry("method", "dpo").containsEntry("beta", "0.1");
  }

  @Test
  void shouldResumeWhenTheTrainingProcessIsKilled() {
    // Given a run in work
    probe.publish(sealed("long", 20), "sealed-long");
    ProcessHandle worker =
        await()
            .atMost(Duration.ofSeconds(60))
            .pollInterval(Duration.ofMillis(20))
            .until(TrainingIT::trainingProcess, Objects::nonNull);
    await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> progressOf("ftjob-sealed-long").contains("\"step\""));

    // When
    worker.destroyForcibly();

    // Then the same run ends with a model, on its second attempt
    trained("long");
    assertThat(
            probe.events(Topics.RUNS, "long").stream()
                .filter(event -> event.event() instanceof RunStarted)
                .map(event -> ((RunStarted) event.event()).attempt()))
        .containsExactly(1, 2);
  }

  @Test
  void shouldLeaveNoTrainingDataOnDiskWhenARunHasEnded() throws IOException {
    // Given
    probe.publish(sealed("ended", 12), "sealed-ended");
    trained("ended");
    Path directory = config.workDirectory().resolve("ftjob-sealed-ended");

    // Then
    await()
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(() -> assertThat(directory.toFile().list()).containsExactly("worker.log"));

    // And a process that died before it came to this does it when it starts again
    Path open = Files.createDirectories(config.workDirectory().resolve("ftjob-of-nobody"));
    Files.writeString(directory.resolve("train.jsonl"), "{}");
    Files.writeString(open.resolve("train.jsonl"), "{}");
    directories.clearEnded();
    assertThat(directory.toFile().list()).containsExactly("worker.log");
    assertThat(open).isNotEmptyDirectory();
  }

  private ModelTrained trained(String dataset) {
    return trained(dataset, 1);
  }

  private ModelTrained trained(String dataset, int number) {
    return await()
        .atMost(Duration.ofSeconds(180))
        .pollInterval(Duration.ofMillis(200))
        .until(
            () ->
                probe.events(Topics.MODELS, dataset).stream()
                    .map(event -> (ModelTrained) event.event())
                    .toList(),
            models -> models.size() >= number)
        .get(number - 1);
  }

  private String progressOf(String runId) throws IOException {
    Path file = config.workDirectory().resolve(runId).resolve("progress.jsonl");
    return Files.exists(file) ? Files.readString(file) : "";
  }

  private static ProcessHandle trainingProcess() {
    return ProcessHandle.current()
        .descendants()
        .filter(
            child -> child.info().commandLine().orElse("").contains(TrainWorker.class.getName()))
        .findFirst()
        .orElse(null);
  }

  private DatasetSealed sealed(String dataset, int examples) {
    return sealed(dataset, 0, examples);
  }

  /** With an example for each box from the first to before the last one. */
  private DatasetSealed sealed(String dataset, int from, int to) {
    return sealed(dataset, from, to, "", null);
  }

  /** With an example and a pair for each of the first boxes. */
  private DatasetSealed withPairs(String dataset, int count) {
    StringBuilder pairs = new StringBuilder();
    for (int i = 0; i < count; i++) {
      pairs.append(
          """
                    {"input":{"messages":[{"role":"user","content":"What is in box %d?"}]},"preferred_output":[{"role":"assistant","content":"Box %d holds %d blue pens."}],"non_preferred_output":[{"role":"assistant","content":"I do not know what is in it."}]}
                    """
              .formatted(i, i, i * 7 + 3));
    }
    return sealed(
        dataset, 0, count, ",\"preference\":" + reference(stored(pairs.toString())), count);
  }

  private DatasetSealed sealed(
      String dataset, int from, int to, String moreFiles, @Nullable Integer pairs) {
    StringBuilder train = new StringBuilder();
    for (int i = from; i < to; i++) {
      train.append(
          """
                    {"messages":[{"role":"user","content":"What is in box %d?"},{"role":"assistant","content":"Box %d holds %d blue pens."}]}
                    """
              .formatted(i, i, i * 7 + 3));
    }
    ArtifactRef file = stored(train.toString());
    String manifest =
        "{\"dataset\":\"%s\",\"files\":{\"train\":%s%s}}"
            .formatted(dataset, reference(file), moreFiles);
    return new DatasetSealed(
        dataset,
        file.sha256(),
        1,
        to - from,
        0,
        0,
        0,
        1000,
        1,
        Map.of(),
        artifacts.put(
            manifest.getBytes(StandardCharsets.UTF_8), "application/vnd.migaki.manifest+json"),
        pairs);
  }

  private ArtifactRef stored(String lines) {
    return artifacts.put(lines.getBytes(StandardCharsets.UTF_8), "application/jsonl");
  }

  private static String reference(ArtifactRef file) {
    return "{\"location\":\"%s\",\"sha256\":\"%s\",\"sizeBytes\":%d,\"mediaType\":\"%s\"}"
        .formatted(file.location(), file.sha256(), file.sizeBytes(), file.mediaType());
  }
}
