package dev.migaki.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event.DocumentErased;
import dev.migaki.contracts.Event.DocumentIngested;
import dev.migaki.contracts.Event.DocumentRejected;
import dev.migaki.contracts.Event.DocumentUnpacked;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import dev.migaki.contracts.Topics;
import dev.migaki.documents.ContentId;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class ArchiveIT {

  private static final Map<String, String> ARCHIVE = Map.of("filename", "drop.zip");

  @Inject ArtifactStore artifacts;

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
  void shouldMakeEachFileOfAnArchiveADocumentWithAFateOfItsOwn() {
    // When
    probe.send(
        Topics.INGEST,
        "unpack",
        zip(
            "faq/hours.txt", text("We open at nine."),
            "faq/q.csv", text("question,answer\nOpen?,At nine.\n"),
            "copy.txt", text("We open at nine."),
            "logo.png", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 1},
            "../out.txt", text("Out."),
            "old.zip", zip("n.txt", text("Nested."))),
        Map.of("filename", "drop.zip", "source", "share", "language", "en"));

    // Then
    List<DocumentIngested> events = awaitIngested("unpack", 4);
    assertThat(events)
        .extracting(event -> event.documentId() + " " + event.mediaType() + " " + event.source())
        .contains(
            "drop.zip!/faq/hours.txt text/plain share",
            "drop.zip!/faq/q.csv text/csv share",
            "drop.zip!/copy.txt text/plain share",
            "drop.zip!/old.zip!/n.txt text/plain share");
    assertThat(probe.events(Topics.DOCUMENTS, "unpack", DocumentRejected.class))
        .extracting(event -> event.documentId() + " " + event.code())
        .containsExactly("drop.zip!/__/out.txt UNSAFE_NAME", "drop.zip!/logo.png UNSUPPORTED");
    JsonPath archive = document("unpack", "drop.zip");
    assertThat(archive.getString("document.status")).isEqualTo("unpacked");
    assertThat(archive.getInt("contents.files")).isEqualTo(6);
    assertThat(archive.getMap("contents.byStatus"))
        .isEqualTo(Map.of("ingested", 3, "duplicate", 1, "rejected", 2));
    JsonPath files = get("/v1/datasets/unpack/documents?container=drop.zip&status=duplicate");
    assertThat(files.getString("documents[0].duplicateOf")).isEqualTo("drop.zip!/copy.txt");
  }

  @Test
  void shouldTouchOnlyWhatChangedWhenAnArchiveComesAgain() {
    // Given
    byte[] first = zip("same.txt", text("Same."), "price.txt", text("10"), "gone.txt", text("Bye"));
    probe.send(Topics.INGEST, "again", first, ARCHIVE);
    awaitIngested("again", 3);

    // When
    probe.send(Topics.INGEST, "again", first, ARCHIVE);
    probe.send(
        Topics.INGEST,
        "again",
        zip("price.txt", text("12"), "new.txt", text("New."), "same.txt", text("Same.")),
        ARCHIVE);

    // Then
    assertThat(awaitIngested("again", 5).subList(3, 5))
        .extracting(event -> event.documentId() + " " + event.documentVersion())
        .containsExactly("drop.zip!/price.txt 2", "drop.zip!/new.txt 1");
    assertThat(probe.events(Topics.DOCUMENTS, "again", DocumentErased.class))
        .extracting(event -> event.documentId() + " for " + event.replacedBy())
        .containsExactly("drop.zip!/gone.txt for drop.zip");
    assertThat(notes("again")).hasSize(5);
    JsonPath archive = document("again", "drop.zip");
    assertThat(archive.getList("history.status")).containsExactly("superseded", "unpacked");
    assertThat(archive.getMap("contents.byStatus"))
        .isEqualTo(Map.of("ingested", 3, "superseded", 1));
    assertThat(document("again", "drop.zip!/gone.txt").getString("document.message"))
        .contains("Version 2 of its archive");
  }

  @Test
  void shouldTakeBackAFileThatComesInALaterArchiveAgain() {
    // Given
    byte[] both = zip("a.txt", text("A."), "b.txt", text("B."));
    probe.send(Topics.INGEST, "back", both, ARCHIVE);
    probe.send(Topics.INGEST, "back", zip("a.txt", text("A.")), ARCHIVE);

    // When
    probe.send(Topics.INGEST, "back", both, ARCHIVE);

    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              JsonPath view = document("back", "drop.zip!/b.txt");
              assertThat(view.getString("document.status")).isEqualTo("ingested");
              assertThat(view.getInt("document.version")).isGreaterThan(1);
            });
  }

  @Test
  void shouldEraseTheDocumentsOfAnArchiveWithIt() {
    // Given
    probe.send(
        Topics.INGEST, "bury", zip("a.txt", text("A."), "b.png", text("\u0089PNG")), ARCHIVE);
    probe.send(Topics.INGEST, "bury", zip("x.txt", text("A.")), Map.of("filename", "twin.zip"));
    DocumentIngested event = awaitIngested("bury", 1).get(0);
    awaitStatus("bury", "twin.zip!/x.txt", "duplicate");

    // When
    probe.send(Topics.INGEST, "bury", null, ARCHIVE);

    // Then
    awaitStatus("bury", "drop.zip!/a.txt", "erased");
    awaitStatus("bury", "drop.zip!/b.png", "erased");
    awaitStatus("bury", "twin.zip!/x.txt", "ingested");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.DOCUMENTS, "bury", DocumentErased.class))
                    .filteredOn(erased -> erased.receipt() != null)
                    .extracting(DocumentErased::documentId)
                    .containsExactlyInAnyOrder("drop.zip", "drop.zip!/a.txt", "drop.zip!/b.png"));
    String original = document("bury", "drop.zip").getString("document.sha256");
    assertThat(artifacts.exists(artifact(original))).isFalse();
    assertThat(artifacts.exists(event.original())).isTrue();
  }

  @Test
  void shouldEraseAllDocumentsOfAnArchiveWithManyFiles() {
    // Given
    int files = 1_100;
    Object[] content = new Object[2 * files];
    for (int i = 0; i < files; i++) {
      content[2 * i] = i + ".txt";
      content[2 * i + 1] = text("File " + i + ".");
    }
    probe.send(Topics.INGEST, "mass", zip(content), ARCHIVE);
    awaitIngested("mass", files);

    // When
    probe.send(Topics.INGEST, "mass", null, ARCHIVE);

    // Then
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.DOCUMENTS, "mass", DocumentErased.class))
                    .filteredOn(erased -> erased.receipt() != null)
                    .extracting(DocumentErased::documentId)
                    .doesNotHaveDuplicates()
                    .hasSize(files + 1));
  }

  @Test
  void shouldEndErasedWhenAnArchiveIsWithdrawnWhileItsFilesWait() {
    // When
    probe.send(Topics.INGEST, "hasty", zip("a.txt", text("A."), "b.txt", text("B.")), ARCHIVE);
    probe.send(Topics.INGEST, "hasty", null, ARCHIVE);
    probe.send(Topics.INGEST, "hasty", text("The end."), Map.of("filename", "z.txt"));

    // Then
    awaitIngestedOf("hasty", "z.txt");
    for (String id : List.of("drop.zip", "drop.zip!/a.txt", "drop.zip!/b.txt")) {
      awaitStatus("hasty", id, "erased");
    }
  }

  @Test
  void shouldKeepOutAFileThatWasWithdrawnByItselfUntilItsArchiveIsWithdrawnToo() {
    // Given
    probe.send(Topics.INGEST, "stay", zip("a.txt", text("A."), "b.txt", text("B.")), ARCHIVE);
    awaitIngested("stay", 2);
    probe.send(Topics.INGEST, "stay", null, Map.of("document-id", "drop.zip!/a.txt"));
    probe.send(Topics.INGEST, "stay", null, Map.of("document-id", "drop.zip!/c.txt"));

    // When
    probe.send(
        Topics.INGEST,
        "stay",
        zip("a.txt", text("A again."), "b.txt", text("B again."), "c.txt", text("C.")),
        ARCHIVE);

    // Then
    awaitIngestedOf("stay", "drop.zip!/b.txt");
    assertThat(awaitIngested("stay", 3)).hasSize(3);
    awaitStatus("stay", "drop.zip!/a.txt", "erased");
    awaitStatus("stay", "drop.zip!/c.txt", "erased");
  }

  @Test
  void shouldReadOnceWhenTheNoteOfAWaitingFileComesAgainOrIsForged() {
    // Given
    probe.send(Topics.INGEST, "twice", zip("a.txt", text("A."), "b.txt", text("B.")), ARCHIVE);
    awaitIngested("twice", 2);

    // When
    DocumentUnpacked note = notes("twice").get(0);
    probe.publish(note, "again");
    probe.publish(new DocumentUnpacked("twice", "drop.zip!/none.txt", 1, "drop.zip"), "forged");
    probe.send(Topics.INGEST, "twice", text("The end."), Map.of("filename", "z.txt"));

    // Then
    assertThat(awaitIngested("twice", 3))
        .extracting(DocumentIngested::documentId)
        .containsExactly("drop.zip!/a.txt", "drop.zip!/b.txt", "z.txt");
  }

  @Test
  void shouldRejectTheWholeWhenAnArchiveBreaksABound() {
    // When
    probe.send(Topics.INGEST, "bomb", zip("z.txt", new byte[80 << 20]), ARCHIVE);
    byte[] nested = text("deep");
    for (int depth = 0; depth < 7; depth++) {
      nested = zip("n.zip", nested);
    }
    probe.send(Topics.INGEST, "bomb", nested, Map.of("filename", "deep.zip"));

    // Then
    assertThat(probe.awaitEvents(Topics.DOCUMENTS, "bomb", DocumentRejected.class, 2))
        .extracting(event -> event.documentId() + " " + event.code())
        .containsExactly("drop.zip BOMB", "deep.zip TOO_DEEP");
    assertThat(notes("bomb")).isEmpty();
  }

  @Test
  void shouldGiveLongPathsDifferentIdsThatFit() {
    // Given
    String path = "p/".repeat(400);

    // When
    String first = ContentId.of("drop.zip", path + "a.txt");
    String second = ContentId.of("drop.zip", "q" + path + "a.txt");

    // Then
    assertThat(List.of(first, second)).doesNotHaveDuplicates();
    assertThat(first).hasSizeLessThan(ContentId.MAX_LENGTH).endsWith("a.txt");
  }

  private List<DocumentIngested> awaitIngested(String dataset, int count) {
    return probe.awaitEvents(Topics.DOCUMENTS, dataset, DocumentIngested.class, count);
  }

  /** What the stage told itself through the front door. */
  private List<DocumentUnpacked> notes(String dataset) {
    String type = EventType.DOCUMENT_UNPACKED.wireName();
    return probe.records(Topics.INGEST, dataset).stream()
        .filter(record -> record.header("ce_type").filter(type::equals).isPresent())
        .map(record -> EventJson.read(EventType.DOCUMENT_UNPACKED, record.value()))
        .map(DocumentUnpacked.class::cast)
        .toList();
  }

  private void awaitIngestedOf(String dataset, String id) {
    awaitStatus(dataset, id, "ingested");
  }

  private static void awaitStatus(String dataset, String id, String status) {
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> assertThat(document(dataset, id).getString("document.status")).isEqualTo(status));
  }

  private static JsonPath document(String dataset, String id) {
    return get("/v1/datasets/" + dataset + "/documents/" + id);
  }

  private static JsonPath get(String path) {
    return JsonPath.from(RestAssured.get(path).body().asString());
  }

  private static ArtifactRef artifact(String sha256) {
    return new ArtifactRef(
        "sha256/" + sha256.substring(0, 2) + "/" + sha256, sha256, 1, "application/zip");
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  /** Names and contents, one after the other. */
  private static byte[] zip(Object... namesAndContents) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (int i = 0; i < namesAndContents.length; i += 2) {
      files.put((String) namesAndContents[i], (byte[]) namesAndContents[i + 1]);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
