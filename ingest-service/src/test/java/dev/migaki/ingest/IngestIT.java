package dev.migaki.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migaki.contracts.Event.DocumentErased;
import dev.migaki.contracts.Event.DocumentIngested;
import dev.migaki.contracts.Event.DocumentRejected;
import dev.migaki.contracts.Event.ErasedPart;
import dev.migaki.contracts.Event.Receipt;
import dev.migaki.contracts.Topics;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.worker.ParserWorker;
import dev.migaki.ingest.domain.DocumentState;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.ingest.persistence.DocumentVersionRepository.Known;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class IngestIT {

  @Inject ArtifactStore artifacts;

  @Inject DocumentVersionRepository documents;

  @ConfigProperty(name = "migaki.ingest.watch.watched")
  Path watched;

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
  void shouldIngestPdfWhenRecordHasNothingButItsBytes() throws IOException {
    // Given
    byte[] pdf = pdf("How long is the warranty? Two years.", null);

    // When
    probe.send(Topics.INGEST, "bare", pdf, Map.of());

    // Then
    DocumentIngested event = ingested("bare", 1).get(0);
    assertThat(event.mediaType()).isEqualTo("application/pdf");
    assertThat(event.documentId()).startsWith("sha256-");
    assertThat(event.documentVersion()).isEqualTo(1);
    assertThat(artifacts.read(event.original())).isEqualTo(pdf);
    assertThat(parsed(event).text()).contains("How long is the warranty?");
  }

  @Test
  void shouldUseDefaultDatasetWhenRecordHasNoKey() {
    // When
    probe.send(Topics.INGEST, null, text("A text without a key."), Map.of("filename", "k.txt"));

    // Then
    assertThat(ingested("default", 1).get(0).documentId()).isEqualTo("k.txt");
  }

  @Test
  void shouldTellOnceWhenTheSameBytesComeUnderAnotherName() {
    // When
    probe.send(Topics.INGEST, "twins", text("Same text."), Map.of("filename", "a.txt"));
    probe.send(Topics.INGEST, "twins", text("Same text."), Map.of("filename", "b.txt"));
    probe.send(Topics.INGEST, "twins", text("Same text."), Map.of("filename", "a.txt"));
    probe.send(Topics.INGEST, "twins", text("Another text."), Map.of("filename", "c.txt"));

    // Then
    assertThat(ingested("twins", 2))
        .extracting(DocumentIngested::documentId)
        .containsExactly("a.txt", "c.txt");
    assertThat(document("twins", "b.txt").getString("document.status")).isEqualTo("duplicate");
    assertThat(document("twins", "b.txt").getString("document.duplicateOf")).isEqualTo("a.txt");
  }

  @Test
  void shouldEndInTheSameStateWhenTwinsComeInTheOtherOrder() {
    // When
    probe.send(Topics.INGEST, "order", text("Same text."), Map.of("filename", "b.txt"));
    probe.send(Topics.INGEST, "order", text("Same text."), Map.of("filename", "a.txt"));

    // Then
    assertThat(ingested("order", 2))
        .extracting(DocumentIngested::documentId)
        .containsExactly("b.txt", "a.txt");
    assertThat(probe.events(Topics.DOCUMENTS, "order", DocumentErased.class))
        .extracting(DocumentErased::documentId)
        .containsExactly("b.txt");
    assertThat(document("order", "a.txt").getString("document.status")).isEqualTo("ingested");
    assertThat(document("order", "b.txt").getString("document.duplicateOf")).isEqualTo("a.txt");
  }

  @Test
  void shouldLetTwinTakeOverWhenTheDocumentInUseChanges() {
    // Given
    probe.send(Topics.INGEST, "heir", text("Same text."), Map.of("filename", "a.txt"));
    probe.send(Topics.INGEST, "heir", text("Same text."), Map.of("filename", "b.txt"));

    // When
    probe.send(Topics.INGEST, "heir", text("New text."), Map.of("filename", "a.txt"));

    // Then
    assertThat(ingested("heir", 3))
        .extracting(event -> event.documentId() + " " + event.documentVersion())
        .containsExactly("a.txt 1", "b.txt 1", "a.txt 2");
    assertThat(document("heir", "b.txt").getString("document.status")).isEqualTo("ingested");
  }

  @Test
  void shouldCountVersionsWhenKnownDocumentChanges() {
    // When
    Map<String, String> headers = Map.of("document-id", "faq", "filename", "faq.md");
    probe.send(Topics.INGEST, "versions", text("# Price\n\n10 euros"), headers);
    probe.send(Topics.INGEST, "versions", text("# Price\n\n12 euros"), headers);

    // Then
    List<DocumentIngested> events = ingested("versions", 2);
    assertThat(events).extracting(DocumentIngested::documentVersion).containsExactly(1, 2);
    assertThat(parsed(events.get(1)).blocks())
        .containsExactly(new Block.Heading(1, "Price", 0), new Block.Paragraph("12 euros", 0));
    JsonPath history = document("versions", "faq");
    assertThat(history.getList("history.status")).containsExactly("superseded", "ingested");
  }

  @Test
  void shouldKnowWhatIsHeldBackWhenItsNameOrBytesComeAgainInTheTransaction() {
    // Given
    Known nothing = new Known(Optional.empty(), Optional.empty());

    // When
    List<Known> known =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  for (int number = 0; number < 100; number++) {
                    DocumentVersionEntity version = version("held-back", "new-" + number);
                    documents.persist(version);
                    documents.settle(nothing, version);
                  }
                  return List.of(
                      documents.known("held-back", "new-1", "other bytes"),
                      documents.known("held-back", "copy", "bytes of new-2"),
                      documents.known("held-back", "unseen", "unseen"));
                });

    // Then
    assertThat(known.get(0).latest()).map(row -> row.documentId).contains("new-1");
    assertThat(known.get(0).twin()).isEmpty();
    assertThat(known.get(1).latest()).isEmpty();
    assertThat(known.get(1).twin()).map(row -> row.documentId).contains("new-2");
    assertThat(known.get(2)).isEqualTo(nothing);
  }

  private static DocumentVersionEntity version(String dataset, String id) {
    DocumentVersionEntity version = new DocumentVersionEntity();
    version.dataset = dataset;
    version.documentId = id;
    version.version = 1;
    version.latest = true;
    version.state = DocumentState.INGESTED;
    version.sha256 = "bytes of " + id;
    version.topic = Topics.INGEST;
    version.receivedAt = Instant.EPOCH;
    version.changedAt = Instant.EPOCH;
    return version;
  }

  @Test
  void shouldRejectWithReasonWhenDocumentCannotBeRead() throws IOException {
    // When
    probe.send(Topics.INGEST, "bad", pdf("secret", "pw"), Map.of("filename", "locked.pdf"));
    probe.send(Topics.INGEST, "bad", text("%PDF-1.7 broken"), Map.of("filename", "cut.pdf"));
    probe.send(Topics.INGEST, "bad", new byte[0], Map.of("filename", "nothing.txt"));
    probe.send(Topics.INGEST, "bad", text("A good one."), Map.of("filename", "good.txt"));

    // Then
    assertThat(ingested("bad", 1)).hasSize(1);
    assertThat(probe.events(Topics.DOCUMENTS, "bad", DocumentRejected.class))
        .extracting(event -> event.filename() + " " + event.code())
        .containsExactly("locked.pdf ENCRYPTED", "cut.pdf DAMAGED", "nothing.txt EMPTY");
    JsonPath list =
        JsonPath.from(
            RestAssured.get("/v1/datasets/bad/documents?status=rejected").body().asString());
    assertThat(list.getInt("total")).isEqualTo(3);
    assertThat(list.getString("documents[1].message")).contains("password");
    // far behind the last one there are none
    String beyond = "/v1/datasets/bad/documents?size=500&page=" + Integer.MAX_VALUE;
    JsonPath nothing = JsonPath.from(RestAssured.get(beyond).body().asString());
    assertThat(nothing.getInt("total")).isEqualTo(4);
    assertThat(nothing.getList("documents")).isEmpty();
  }

  @Test
  void shouldEraseDocumentWhenTombstoneArrives() {
    // Given
    Map<String, String> headers = Map.of("document-id", "letter");
    probe.send(Topics.INGEST, "erasure", text("Dear Mr Smith"), headers);
    DocumentIngested event = ingested("erasure", 1).get(0);

    // When
    probe.send(Topics.INGEST, "erasure", null, headers);
    probe.send(Topics.INGEST, "erasure", null, headers);

    // Then
    List<DocumentErased> erased =
        probe.awaitEvents(Topics.DOCUMENTS, "erasure", DocumentErased.class, 2);
    assertThat(erased).extracting(DocumentErased::documentId).containsOnly("letter");
    assertThat(erased.get(0).receipt()).isNull();
    assertThat(receipt(erased.get(1)).removed())
        .extracting(ErasedPart::sha256)
        .contains(event.original().sha256(), event.parsed().sha256());
    assertThat(artifacts.exists(event.original())).isFalse();
    assertThat(artifacts.exists(event.parsed())).isFalse();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(document("erasure", "letter").getList("receipts.stage"))
                    .containsExactly("ingest"));
    JsonPath view = document("erasure", "letter");
    assertThat(view.getString("document.status")).isEqualTo("erased");
    assertThat(view.getString("document.filename")).isNull();
  }

  @Test
  void shouldKeepContentThatAnotherDatasetNeedsWhenOneIsErased() {
    // Given
    Map<String, String> headers = Map.of("document-id", "shared");
    probe.send(Topics.INGEST, "keeper", text("Shared words."), headers);
    probe.send(Topics.INGEST, "leaver", text("Shared words."), headers);
    DocumentIngested kept = ingested("keeper", 1).get(0);
    ingested("leaver", 1);

    // When
    probe.send(Topics.INGEST, "leaver", null, headers);

    // Then
    List<DocumentErased> erased =
        probe.awaitEvents(Topics.DOCUMENTS, "leaver", DocumentErased.class, 2);
    assertThat(receipt(erased.get(1)).kept())
        .extracting(ErasedPart::sha256)
        .contains(kept.original().sha256());
    assertThat(artifacts.exists(kept.original())).isTrue();
    assertThat(artifacts.exists(kept.parsed())).isTrue();
  }

  @Test
  void shouldReadOnWhenTheParserProcessIsKilled() {
    // Given
    probe.send(Topics.INGEST, "killed", text("First."), Map.of("filename", "1.txt"));
    ingested("killed", 1);

    // When
    long killed =
        ProcessHandle.current()
            .descendants()
            .filter(
                process ->
                    process.info().commandLine().orElse("").contains(ParserWorker.class.getName()))
            .filter(ProcessHandle::destroyForcibly)
            .count();
    probe.send(Topics.INGEST, "killed", text("Second."), Map.of("filename", "2.txt"));

    // Then
    assertThat(killed).isEqualTo(1);
    assertThat(ingested("killed", 2))
        .extracting(DocumentIngested::documentId)
        .containsExactly("1.txt", "2.txt");
  }

  @Test
  void shouldAcceptSeveralFilesWhenUploaded() {
    // When
    String accepted =
        RestAssured.given()
            .multiPart("file", "q.csv", text("question,answer\nOpen?,At nine.\n"), "text/csv")
            .multiPart("file", "n.txt", text("質問：返品できますか？\n回答：はい。".repeat(1)), "text/plain")
            .post("/v1/datasets/upload/documents")
            .then()
            .statusCode(202)
            .extract()
            .asString();

    // Then
    assertThat(JsonPath.from(accepted).getList("documents.id")).containsExactly("q.csv", "n.txt");
    List<DocumentIngested> events = ingested("upload", 2);
    assertThat(parsed(events.get(0)).blocks())
        .containsExactly(new Block.QuestionAnswer("Open?", "At nine.", 0));
    assertThat(parsed(events.get(1)).blocks())
        .containsExactly(new Block.QuestionAnswer("返品できますか？", "はい。", 0));
    String datasets = RestAssured.get("/v1/datasets").body().asString();
    assertThat(JsonPath.from(datasets).getInt("find { it.dataset == 'upload' }.byStatus.ingested"))
        .isEqualTo(2);
  }

  @Test
  void shouldTakeWhatIsDroppedIntoAWatchedFolder() throws IOException {
    // Given
    Files.createDirectories(watched.resolve("faq"));

    // When
    Files.write(watched.resolve("faq/hours.txt"), text("We open at nine."));
    Files.write(watched.resolve(".hidden"), text("Not this."));
    try (RandomAccessFile huge = new RandomAccessFile(watched.resolve("huge.bin").toFile(), "rw")) {
      huge.setLength(2L << 30);
    }

    // Then
    DocumentIngested event = ingested("watched", 1).get(0);
    assertThat(event.documentId()).isEqualTo("faq/hours.txt");
    assertThat(parsed(event).text()).isEqualTo("We open at nine.");
    assertThat(probe.awaitEvents(Topics.DOCUMENTS, "watched", DocumentRejected.class, 1))
        .extracting(rejected -> rejected.documentId() + " " + rejected.code())
        .containsExactly("huge.bin TOO_LARGE");
    Files.delete(watched.resolve("huge.bin"));
  }

  @Test
  void shouldOrderTheErasureOfADocumentThatIsNotKnownAndSaySo() {
    // Given
    String path = "/v1/datasets/early-order/documents/notes/letter.txt";

    // When
    JsonPath unknown =
        JsonPath.from(RestAssured.delete(path).then().statusCode(202).extract().asString());
    JsonPath erased = document("early-order", "notes/letter.txt");
    JsonPath again =
        JsonPath.from(RestAssured.delete(path).then().statusCode(202).extract().asString());
    probe.send(
        Topics.INGEST, "early-order", text("Sent anew"), Map.of("document-id", "notes/letter.txt"));

    // Then
    assertThat(unknown.getString("status")).isEqualTo("unknown");
    assertThat(unknown.getString("message"))
        .contains("early-order knows no document with this id", "what is sent under it later");
    assertThat(erased.getString("document.status")).isEqualTo("erased");
    assertThat(again.getString("status")).isEqualTo("erased");
    assertThat(ingested("early-order", 1).get(0).documentId()).isEqualTo("notes/letter.txt");
    JsonPath known =
        JsonPath.from(RestAssured.delete(path).then().statusCode(202).extract().asString());
    assertThat(known.getString("status")).isEqualTo("ingested");
    assertThat(known.getString("message")).startsWith("The erasure is ordered.");
  }

  @Test
  void shouldExplainWhenRequestIsWrong() {
    // When
    String name =
        RestAssured.given()
            .multiPart("file", "a.txt", text("a"), "text/plain")
            .post("/v1/datasets/no spaces/documents")
            .then()
            .statusCode(400)
            .extract()
            .asString();
    String unknown =
        RestAssured.get("/v1/datasets/bad/documents/none")
            .then()
            .statusCode(404)
            .extract()
            .asString();

    String page =
        RestAssured.get("/v1/datasets/bad/documents?page=abc")
            .then()
            .statusCode(400)
            .extract()
            .asString();
    String order =
        RestAssured.delete("/v1/datasets/no spaces/documents/none")
            .then()
            .statusCode(400)
            .extract()
            .asString();

    // Then
    assertThat(JsonPath.from(page).getString("error.code")).isEqualTo("PARAMETER_INVALID");
    assertThat(JsonPath.from(page).getString("error.message"))
        .isEqualTo("page must be a whole number from 0 to 2147483647.");
    assertThat(JsonPath.from(order).getString("error.code")).isEqualTo("DATASET_NAME_INVALID");
    assertThat(JsonPath.from(name).getString("error.code")).isEqualTo("DATASET_NAME_INVALID");
    assertThat(JsonPath.from(unknown).getString("error.code")).isEqualTo("DOCUMENT_UNKNOWN");
  }

  private static Receipt receipt(DocumentErased erased) {
    return Objects.requireNonNull(erased.receipt(), "receipt");
  }

  private List<DocumentIngested> ingested(String dataset, int count) {
    return probe.awaitEvents(Topics.DOCUMENTS, dataset, DocumentIngested.class, count);
  }

  private ParsedDocument parsed(DocumentIngested event) {
    return ParsedDocumentJson.read(artifacts.read(event.parsed()));
  }

  private static JsonPath document(String dataset, String id) {
    String path = "/v1/datasets/" + dataset + "/documents/" + id;
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(RestAssured.get(path).statusCode()).isEqualTo(200));
    return JsonPath.from(RestAssured.get(path).body().asString());
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] pdf(String line, String password) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
        content.beginText();
        content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 11);
        content.newLineAtOffset(72, 700);
        content.showText(line);
        content.endText();
      }
      if (password != null) {
        pdf.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pdf.save(bytes);
      return bytes.toByteArray();
    }
  }
}
