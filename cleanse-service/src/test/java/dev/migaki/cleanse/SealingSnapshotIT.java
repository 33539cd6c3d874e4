package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DocumentEntity;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.cleanse.persistence.SealingArtifactRepository;
import dev.migaki.cleanse.persistence.SnapshotRepository;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DatasetSealed;
import dev.migaki.contracts.Event.DocumentCleansed;
import dev.migaki.contracts.Topics;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.hamcrest.Matchers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes, changes and goes while a version is sealed. Versions are made on request. */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class SealingSnapshotIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Inject ArtifactStore artifacts;
  @Inject DatasetRepository datasets;
  @Inject DocumentRepository documents;
  @Inject SnapshotRepository snapshotDocuments;
  @Inject SealingArtifactRepository sealingArtifacts;
  @Inject SealingSnapshots snapshots;
  @Inject InterruptedVersionFiles files;
  @Inject InterruptedSealedFiles sealedFiles;

  @ConfigProperty(name = "migaki.artifacts.root")
  Path artifactsRoot;

  private TopicProbe probe;
  private long offset = 10;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  @Test
  void shouldSealWhatWasThereWhenDocumentsComeChangeAndGiveWayMeanwhile() throws IOException {
    // Given
    ArtifactRef first = bring("busy", "b.html", 1, first("busy")).examplesFile();
    bring("busy", "c.html", 1, "Shipping costs 500 yen all over the country.");
    bring("busy", "d.html", 1, "We sell the lamp in white and in green.");
    files.onceWhenReading(
        () -> {
          bring("busy", "new.html", 1, "The heater weighs seven kilograms with its box.");
          bring("busy", "b.html", 2, second("busy"));
          erase("busy", "d.html", "c.html");
        });

    // When
    DatasetSealed sealed = seal("busy", 1);

    // Then
    JsonNode manifest = MAPPER.readTree(artifacts.read(sealed.manifest()));
    assertThat(sealed.documents()).isEqualTo(3);
    assertThat(manifest.path("documents").findValuesAsText("id"))
        .containsExactly("b.html", "c.html", "d.html");
    assertThat(manifest.path("covered").path(0).path("first").asLong()).isEqualTo(10);
    assertThat(manifest.path("covered").path(0).path("last").asLong()).isEqualTo(12);
    assertThat(text(manifest, "train")).contains(first("busy")).doesNotContain(second("busy"));
    assertThat(text(manifest, "lineage"))
        .contains("{\"document\":\"b.html\",\"version\":1,")
        .doesNotContain("new.html");
    await().untilAsserted(() -> assertThat(artifacts.exists(first)).isFalse());
    assertThat(dataset("busy").changed).isEqualTo(3);
    assertThat(dataset("busy").isRequested()).isFalse();
    assertThat(document("busy", "c.html").generation).isEqualTo(1);
    assertThat(document("busy", "b.html").generation).isNull();

    // When
    DatasetSealed next = seal("busy", 2);

    // Then
    JsonNode second = MAPPER.readTree(artifacts.read(next.manifest()));
    assertThat(second.path("documents").findValuesAsText("id"))
        .containsExactly("b.html", "c.html", "new.html");
    assertThat(text(second, "train")).contains(second("busy")).doesNotContain(first("busy"));
    assertThat(dataset("busy").changed).isZero();
    assertThat(document("busy", "b.html").generation).isEqualTo(2);
    assertNothingLeftOf("busy");
  }

  @Test
  void shouldSealWithoutADocumentWhenItIsErasedWhileFilesAreRead() {
    // Given
    bring("gone-early", "b.html", 1, first("gone-early"));
    bring("gone-early", "c.html", 1, "Shipping costs 500 yen all over the country.");
    files.onceWhenReading(
        () -> {
          bring("gone-early", "b.html", 2, second("gone-early"));
          erase("gone-early", "b.html", null);
        });

    // When
    DatasetSealed sealed = seal("gone-early", 1);

    // Then
    assertErased("gone-early", sealed);
  }

  @Test
  void shouldSealWithoutADocumentWhenItIsErasedAfterFilesWereStored() {
    // Given
    bring("gone-late", "b.html", 1, first("gone-late"));
    bring("gone-late", "c.html", 1, "Shipping costs 500 yen all over the country.");
    files.onceWhenStored(
        () -> {
          assertThat(places(first("gone-late"))).hasSizeGreaterThan(1);
          erase("gone-late", "b.html", null);
        });

    // When
    DatasetSealed sealed = seal("gone-late", 1);

    // Then
    assertErased("gone-late", sealed);
  }

  @Test
  void shouldGoOnWhenADocumentIsErasedThatCameAfterTheSnapshot() throws IOException {
    // Given
    bring("passer-by", "c.html", 1, "Shipping costs 500 yen all over the country.");
    files.onceWhenStored(
        () -> {
          bring("passer-by", "b.html", 1, first("passer-by"));
          erase("passer-by", "b.html", null);
          receipt("passer-by");
        });

    // When
    DatasetSealed sealed = seal("passer-by", 1);

    // Then: the first attempt, although what happened meanwhile took two changes and an erasure
    assertThat(sealed.documents()).isEqualTo(1);
    assertThat(dataset("passer-by").changed).isEqualTo(2);
    assertThat(places(first("passer-by"))).isEmpty();
  }

  @Test
  void shouldSealAnewAndLeaveNothingWhenAWorkerWasKilledWithItsFilesStored() throws IOException {
    // Given
    ArtifactRef first = bring("killed", "b.html", 1, first("killed")).examplesFile();
    bring("killed", "c.html", 1, "Shipping costs 500 yen all over the country.");
    ArtifactRef stored = dieSealing("killed");
    bring("killed", "b.html", 2, second("killed"));
    assertThat(artifacts.exists(first)).isTrue();

    // When
    DatasetSealed sealed = seal("killed", 1);

    // Then
    JsonNode manifest = MAPPER.readTree(artifacts.read(sealed.manifest()));
    assertThat(text(manifest, "train")).contains(second("killed")).doesNotContain(first("killed"));
    assertThat(dataset("killed").changed).isZero();
    assertThat(artifacts.exists(first)).isFalse();
    assertThat(artifacts.exists(stored)).isFalse();
    assertNothingLeftOf("killed");
  }

  @Test
  void shouldEraseWhatAKilledWorkerHasStoredWhenNobodySealsAgain() {
    // Given
    bring("left", "b.html", 1, first("left"));
    ArtifactRef stored = dieSealing("left");

    // When
    erase("left", "b.html", null);

    // Then
    receipt("left");
    assertThat(artifacts.exists(stored)).isFalse();
    assertThat(places(first("left"))).isEmpty();
    assertNothingLeftOf("left");
  }

  @Test
  void shouldRewriteVersionsWhenADocumentIsErasedThatHadGivenWayBefore() {
    // Given
    bring("twin", "b.html", 1, first("twin"));
    bring("twin", "c.html", 1, "Shipping costs 500 yen all over the country.");
    DatasetSealed sealed = seal("twin", 1);
    erase("twin", "b.html", "c.html");
    assertThat(places(first("twin"))).isNotEmpty();

    // When
    erase("twin", "b.html", null);

    // Then
    assertThat(receipt("twin").affected())
        .extracting(Event.ErasedPart::sha256)
        .containsExactly(sealed.version());
    assertThat(places(first("twin"))).isEmpty();
  }

  @Test
  void shouldTakeDocumentsAndSealWhileAnErasureRewritesVersions() throws IOException {
    // Given
    bring("rewritten", "b.html", 1, first("rewritten"));
    bring("rewritten", "c.html", 1, "Shipping costs 500 yen all over the country.");
    DatasetSealed sealed = seal("rewritten", 1);
    AtomicReference<DatasetSealed> meanwhile = new AtomicReference<>();
    sealedFiles.onceWhenRewritten(
        () -> {
          bring("rewritten", "new.html", 1, "The heater weighs seven kilograms with its box.");
          meanwhile.set(seal("rewritten", 2));
        });

    // When
    erase("rewritten", "b.html", null);

    // Then
    assertThat(receipt("rewritten").affected())
        .extracting(Event.ErasedPart::sha256)
        .containsExactly(sealed.version());
    assertThat(meanwhile.get().documents()).isEqualTo(2);
    assertThat(places(first("rewritten"))).isEmpty();
    for (int number = 1; number <= 2; number++) {
      RestAssured.get("/v1/datasets/rewritten/versions/" + number)
          .then()
          .statusCode(200)
          .body("documents.id", Matchers.not(Matchers.hasItem("b.html")));
    }
  }

  /** An answer that no other dataset has. */
  private static String first(String dataset) {
    return "The " + dataset + " parcel comes on the marmalade morning.";
  }

  private static String second(String dataset) {
    return "The " + dataset + " parcel comes on the turnip evening.";
  }

  private void assertErased(String dataset, DatasetSealed sealed) {
    assertThat(sealed.documents()).isEqualTo(1);
    assertThat(receipt(dataset).affected()).isEmpty();
    assertThat(places(first(dataset))).isEmpty();
    assertThat(places(second(dataset))).isEmpty();
    assertThat(dataset(dataset).changed).isZero();
    assertThat(probe.events(Topics.DATASETS, dataset, DatasetSealed.class)).hasSize(1);
    assertNothingLeftOf(dataset);
  }

  private void assertNothingLeftOf(String dataset) {
    await()
        .untilAsserted(
            () -> {
              assertThat(
                      QuarkusTransaction.requiringNew()
                          .call(() -> snapshotDocuments.count("key.dataset", dataset)))
                  .isZero();
              assertThat(
                      QuarkusTransaction.requiringNew().call(() -> sealingArtifacts.notes(dataset)))
                  .isEmpty();
              assertThat(dataset(dataset).snapshotRevision).isNull();
            });
  }

  /** What a worker leaves that is killed before it writes its version down; one stored file. */
  private ArtifactRef dieSealing(String dataset) {
    Instant now = Instant.now();
    QuarkusTransaction.requiringNew()
        .run(() -> datasets.claim(dataset, "killed", now, now.plusSeconds(5)));
    SealingSnapshots.Snapshot snapshot = snapshots.take(dataset, "killed", 0).orElseThrow();
    ArtifactRef stored =
        artifacts.put(first(dataset).getBytes(StandardCharsets.UTF_8), "text/plain");
    snapshots.note(snapshot, List.of(stored));
    return stored;
  }

  private DatasetEntity dataset(String dataset) {
    return QuarkusTransaction.requiringNew().call(() -> datasets.findById(dataset));
  }

  private DocumentEntity document(String dataset, String id) {
    return QuarkusTransaction.requiringNew()
        .call(() -> documents.document(dataset, id).orElseThrow());
  }

  private DatasetSealed seal(String dataset, int number) {
    RestAssured.post("/v1/datasets/" + dataset + "/seal").then().statusCode(202);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.DATASETS, dataset, DatasetSealed.class))
                    .hasSize(number));
    return probe.events(Topics.DATASETS, dataset, DatasetSealed.class).get(number - 1);
  }

  private Event.Receipt receipt(String dataset) {
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(receipts(dataset)).hasSize(1));
    return receipts(dataset).get(0);
  }

  private List<Event.Receipt> receipts(String dataset) {
    return probe.events(Topics.DOCUMENTS, dataset, Event.DocumentErased.class).stream()
        .map(Event.DocumentErased::receipt)
        .filter(Objects::nonNull)
        .toList();
  }

  private void erase(String dataset, String id, String replacedBy) {
    probe.publish(
        new Event.DocumentErased(
            dataset, id, new Event.Position(Topics.INGEST, 0, offset++), replacedBy, null),
        dataset + "/" + id + "/erase/" + offset);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(
            () -> {
              assertThat(document(dataset, id).erased).isTrue();
              assertThat(document(dataset, id).withdrawn).isEqualTo(replacedBy == null);
            });
  }

  /** Brings a document with one answer and waits until it is cleansed; its parsed form goes. */
  private DocumentCleansed bring(String dataset, String id, int version, String answer) {
    ParsedDocument parsed =
        new ParsedDocument(
            "text/html",
            "UTF-8",
            null,
            null,
            List.of(new Block.QuestionAnswer("What should I know of " + id + "?", answer, 0)));
    ArtifactRef stored =
        artifacts.put(ParsedDocumentJson.write(parsed), ParsedDocumentJson.MEDIA_TYPE);
    probe.publish(
        new Event.DocumentIngested(
            dataset,
            id,
            version,
            id,
            "text/html",
            null,
            null,
            stored,
            stored,
            new Event.Position(Topics.INGEST, 0, offset++)),
        dataset + "/" + id + "/" + version);
    await()
        .atMost(Duration.ofMinutes(1))
        .untilAsserted(() -> assertThat(cleansed(dataset, id, version)).isNotEmpty());
    artifacts.delete(stored);
    return cleansed(dataset, id, version).get(0);
  }

  private List<DocumentCleansed> cleansed(String dataset, String id, int version) {
    return probe.events(Topics.EXAMPLES, dataset, DocumentCleansed.class).stream()
        .filter(event -> event.documentId().equals(id) && event.documentVersion() == version)
        .toList();
  }

  /** Files of the artifact store that hold a text. */
  private List<Path> places(String text) {
    try (Stream<Path> paths = Files.walk(artifactsRoot)) {
      return paths.filter(Files::isRegularFile).filter(file -> read(file).contains(text)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(JsonNode manifest, String name) {
    JsonNode file = manifest.path("files").path(name);
    ArtifactRef ref =
        new ArtifactRef(
            file.path("location").asText(),
            file.path("sha256").asText(),
            file.path("sizeBytes").asLong(),
            file.path("mediaType").asText());
    return new String(artifacts.read(ref), StandardCharsets.UTF_8);
  }
}
