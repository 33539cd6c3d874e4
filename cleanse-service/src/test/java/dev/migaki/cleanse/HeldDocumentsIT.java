package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleanse.outbound.recognizers.ReaderStandIn;
import dev.migaki.cleanse.outbound.recognizers.ReaderStandIn.Answer;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DatasetSealed;
import dev.migaki.contracts.Event.DocumentCleansed;
import dev.migaki.contracts.Topics;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.HeldRecords;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A dataset's wrong recipe or silent reader is felt by that dataset alone. */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
@WithTestResource(ReaderRecipes.class)
class HeldDocumentsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final String QUIET = "seal: {quietPeriod: PT1S, minimumExamples: 1}\n";
  private static final int PARTITIONS = 3;

  @Inject ArtifactStore artifacts;
  @Inject HeldRecords held;

  @ConfigProperty(name = "migaki.cleanse.recipes-directory")
  Path recipes;

  private TopicProbe probe;
  private int offset;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  private void recipe(String dataset, String yaml) throws IOException {
    Files.writeString(recipes.resolve(dataset + ".yaml"), yaml);
  }

  /** A dataset that lies on the same partition, with a recipe that is right. */
  private String neighbourOf(String dataset) throws IOException {
    String neighbour =
        IntStream.range(0, 1000)
            .mapToObj(n -> dataset + "-neighbour-" + n)
            .filter(name -> partition(name) == partition(dataset))
            .findFirst()
            .orElseThrow();
    recipe(neighbour, QUIET);
    return neighbour;
  }

  private static int partition(String dataset) {
    return BuiltInPartitioner.partitionForKey(dataset.getBytes(StandardCharsets.UTF_8), PARTITIONS);
  }

  private void publish(String dataset, String documentId, int version) {
    ParsedDocument parsed =
        new ParsedDocument(
            "text/html",
            "UTF-8",
            "en",
            null,
            List.of(
                new Block.QuestionAnswer(
                    "Where is the spare part of document " + documentId + " kept?",
                    "It lies on shelf " + documentId + "-" + version + " of the " + dataset + ".",
                    0)));
    ArtifactRef stored =
        artifacts.put(ParsedDocumentJson.write(parsed), ParsedDocumentJson.MEDIA_TYPE);
    probe.publish(
        new Event.DocumentIngested(
            dataset,
            documentId,
            version,
            documentId,
            "text/html",
            "en",
            null,
            stored,
            stored,
            new Event.Position(Topics.INGEST, 0, offset++)),
        dataset + "/" + documentId + "/" + version);
  }

  private void erase(String dataset, String documentId) {
    probe.publish(
        new Event.DocumentErased(
            dataset, documentId, new Event.Position(Topics.INGEST, 0, offset++)),
        dataset + "/" + documentId + "/erased");
  }

  private List<String> cleansed(String dataset) {
    return probe.events(Topics.EXAMPLES, dataset, DocumentCleansed.class).stream()
        .map(event -> event.documentId() + "-" + event.documentVersion())
        .toList();
  }

  private void awaitCleansed(String dataset, String... documents) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(cleansed(dataset)).containsExactly(documents));
  }

  private List<DatasetSealed> sealed(String dataset) {
    return probe.events(Topics.DATASETS, dataset, DatasetSealed.class);
  }

  /** A file of a version, as it is now. */
  private String sealedText(DatasetSealed version, String file) {
    JsonNode manifest =
        RestAssured.get("/v1/datasets/" + version.dataset() + "/versions/" + version.number())
            .then()
            .statusCode(200)
            .extract()
            .as(JsonNode.class);
    JsonNode ref = manifest.path("files").path(file);
    return new String(
        artifacts.read(
            new ArtifactRef(
                ref.path("location").asText(),
                ref.path("sha256").asText(),
                ref.path("sizeBytes").asLong(),
                ref.path("mediaType").asText())),
        StandardCharsets.UTF_8);
  }

  private void awaitHeld(String dataset, long records) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        held.waiting().stream()
                            .filter(one -> one.dataset().equals(dataset))
                            .mapToLong(HeldRecords.Waiting::records)
                            .sum())
                    .isEqualTo(records));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "typo|findings: {treshold: 0.9}|unknown key treshold",
        "type|findings: {threshold: high}|findings.threshold must be a number",
        "yaml|findings: [unclosed|recipe held-yaml.yaml"
      })
  void shouldLetOthersPassAndSealAllTogetherWhenTheRecipeIsMended(
      String kind, String wrong, String reason) throws IOException {
    // Given
    String dataset = "held-" + kind;
    String neighbour = neighbourOf(dataset);
    recipe(dataset, wrong);

    // When
    for (String document : List.of("a", "b", "c")) {
      publish(dataset, document, 1);
      publish(neighbour, document, 1);
    }
    publish(dataset, "a", 2);

    // Then
    awaitCleansed(neighbour, "a-1", "b-1", "c-1");
    await().atMost(PATIENCE).until(() -> !sealed(neighbour).isEmpty());
    awaitHeld(dataset, 3);
    assertThat(cleansed(dataset)).isEmpty();
    String found = "held.find { it.dataset == '" + dataset + "' }.";
    RestAssured.get("/v1/held")
        .then()
        .statusCode(200)
        .body(found + "code", equalTo("RECIPE_INVALID"))
        .body(found + "records", equalTo(3))
        .body(found + "reason", containsString(reason));

    // And when
    recipe(dataset, QUIET);

    // Then
    awaitCleansed(dataset, "b-1", "c-1", "a-2");
    await().atMost(PATIENCE).until(() -> !sealed(dataset).isEmpty());
    assertThat(sealed(dataset).get(0).documents()).isEqualTo(3);
    awaitHeld(dataset, 0);
    assertThat(probe.records(Topics.deadLetterOf(Topics.DOCUMENTS), dataset)).isEmpty();
  }

  @Test
  void shouldEraseWhileTheRecipeIsWrongAndNotBringTheDocumentBack() throws IOException {
    // Given: a version with three documents, of which one has changed since under a wrong recipe
    String dataset = "held-erasure";
    recipe(dataset, QUIET);
    List.of("a", "b", "c").forEach(document -> publish(dataset, document, 1));
    await()
        .atMost(PATIENCE)
        .until(() -> sealed(dataset).stream().anyMatch(version -> version.documents() == 3));
    recipe(dataset, "findings: {treshold: 0.9}");
    publish(dataset, "a", 2);
    publish(dataset, "d", 1);
    publish(dataset, "e", 1);
    awaitHeld(dataset, 3);
    int versions = sealed(dataset).size();

    // When: a version that is sealed goes with one that waits, a sealed one, and one that only
    // waits
    List.of("a", "b", "d").forEach(document -> erase(dataset, document));

    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        probe.events(Topics.DOCUMENTS, dataset, Event.DocumentErased.class).stream()
                            .filter(event -> event.receipt() != null)
                            .map(Event.DocumentErased::documentId))
                    .containsExactlyInAnyOrder("a", "b"));
    for (String file : List.of("train", "validation", "test", "lineage")) {
      assertThat(sealedText(sealed(dataset).get(versions - 1), file))
          .doesNotContain("shelf a-", "shelf b-");
    }
    awaitHeld(dataset, 1);

    // And when
    recipe(dataset, QUIET);

    // Then: nothing of the erased ones comes back
    await().atMost(PATIENCE).until(() -> sealed(dataset).size() > versions);
    assertThat(cleansed(dataset)).containsExactly("a-1", "b-1", "c-1", "e-1");
    DatasetSealed last = sealed(dataset).get(sealed(dataset).size() - 1);
    assertThat(last.documents()).isEqualTo(2);
    awaitHeld(dataset, 0);
  }

  @Test
  void shouldNotSealBeforeWhatWaitedForTheRecipeIsTakenUp() throws IOException {
    // Given: a version would be due for long, and the next look at what waits is seconds away
    String dataset = "held-sealing";
    recipe(dataset, "seal: {policy: manual}");
    publish(dataset, "a", 1);
    awaitCleansed(dataset, "a-1");
    recipe(dataset, "findings: {treshold: 0.9}");
    publish(dataset, "b", 1);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                held.waiting().stream()
                    .anyMatch(one -> one.dataset().equals(dataset) && one.attempts() >= 6));

    // When
    recipe(dataset, QUIET);

    // Then
    await().atMost(PATIENCE).until(() -> !sealed(dataset).isEmpty());
    assertThat(sealed(dataset)).extracting(DatasetSealed::documents).containsExactly(2);
  }

  @Test
  void shouldLetOthersPassWhileTheSecondReaderOfADatasetDoesNotAnswer() throws IOException {
    // Given
    String dataset = "held-reader";
    String neighbour = neighbourOf(dataset);
    try (ReaderStandIn reader = ReaderStandIn.start(ReaderStandIn.presidioThatKnows("Nobody"))) {
      recipe(
          dataset,
          QUIET + "findings:\n  remote:\n    - {kind: presidio, url: '" + reader.url() + "'}\n");
      reader.behave(request -> new Answer(503, "{}"));

      // When
      for (String document : List.of("a", "b", "c", "d")) {
        publish(dataset, document, 1);
        publish(neighbour, document, 1);
      }

      // Then
      awaitCleansed(neighbour, "a-1", "b-1", "c-1", "d-1");
      awaitHeld(dataset, 4);
      assertThat(held.waiting())
          .filteredOn(one -> one.dataset().equals(dataset))
          .extracting(HeldRecords.Waiting::code)
          .containsExactly("RECOGNIZER_UNAVAILABLE");

      // And when
      reader.behave(ReaderStandIn.presidioThatKnows("Nobody"));

      // Then
      awaitCleansed(dataset, "a-1", "b-1", "c-1", "d-1");
    }
  }
}
