package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DatasetSealed;
import dev.migaki.contracts.Event.DocumentCleansed;
import dev.migaki.contracts.Topics;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class CleanseIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path SAMPLES = Path.of("../samples");

  @Inject ArtifactStore artifacts;
  @Inject DatasetRepository datasets;
  @Inject AgroalDataSource database;

  @ConfigProperty(name = "migaki.artifacts.root")
  Path artifactsRoot;

  private TopicProbe probe;
  private long offset;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  @Test
  void shouldSealWithoutAnyPlantedValueWhenSamplesAreCleansed() throws IOException {
    // Given
    JsonNode planted = MAPPER.readTree(SAMPLES.resolve("planted.json").toFile());
    List<Event.DocumentIngested> documents = samples("company");

    // When
    publish(documents);

    // Then
    DatasetSealed sealed = sealedOnRequest("company", documents.size(), 1);
    assertThat(sealed.documents()).isEqualTo(documents.size());
    assertThat(sealed.testExamples()).isGreaterThan(50);
    JsonNode manifest = MAPPER.readTree(artifacts.read(sealed.manifest()));
    for (JsonNode file : manifest.path("files")) {
      String text = text(file);
      for (String kind : List.of("findings", "secrets")) {
        for (JsonNode value : planted.path(kind)) {
          String json = MAPPER.writeValueAsString(value.path("value").asText());
          assertThat(standsIn(text, json.substring(1, json.length() - 1)))
              .as("%s of %s", value.path("type"), value.path("file"))
              .isFalse();
        }
      }
    }
    assertThat(manifest.path("contradictions").asInt())
        .isEqualTo(planted.path("contradictions").size());
    for (JsonNode contradiction : planted.path("contradictions")) {
      String report = text(manifest.path("files").path("contradictions"));
      assertThat(report).contains(contradiction.path("files").path(1).asText());
    }
    assertThat(sealed.findings()).containsKeys("PERSON", "EMAIL_ADDRESS", "PASSWORD");
  }

  /** As a word: the four digits of a door code also stand inside of hashes. */
  private static boolean standsIn(String text, String value) {
    String alone = "(?<![A-Za-z0-9])" + Pattern.quote(value) + "(?![A-Za-z0-9])";
    return Pattern.compile(alone).matcher(text).find();
  }

  @Test
  void shouldSealTheSameFilesWhenDocumentsComeInAnotherOrderAndTwice() throws IOException {
    // Given
    List<Event.DocumentIngested> inOrder = shop("order-a");
    List<Event.DocumentIngested> shuffled = new ArrayList<>(shop("order-b"));
    Collections.shuffle(shuffled, new Random(2));

    // When
    publish(inOrder);
    publish(shuffled);
    publish(shuffled);

    // Then
    JsonNode first = MAPPER.readTree(artifacts.read(sealed("order-a", 1).get(0).manifest()));
    JsonNode second = MAPPER.readTree(artifacts.read(sealed("order-b", 1).get(0).manifest()));
    for (String file : List.of("train", "validation", "test", "edge", "unanswerable", "lineage")) {
      assertThat(second.path("files").path(file)).isEqualTo(first.path("files").path(file));
    }
    assertThat(probe.events(Topics.DATASETS, "order-b", DatasetSealed.class)).hasSize(1);
  }

  @Test
  void shouldNotShowPersonInAnyFileWhenOnlyTheFilenameNamesOne() throws IOException {
    // Given
    Event.DocumentIngested plain =
        document("named", "inv-7", 1, "When is the invoice due?", "It is due within 30 days.");
    Event.DocumentIngested named =
        new Event.DocumentIngested(
            plain.dataset(),
            plain.documentId(),
            plain.documentVersion(),
            "Invoice John Smith.html",
            plain.mediaType(),
            plain.language(),
            null,
            plain.original(),
            plain.parsed(),
            plain.position());

    // When
    publish(List.of(named));

    // Then
    DatasetSealed sealed = sealedOnRequest("named", 1, 1);
    String manifest = new String(artifacts.read(sealed.manifest()), StandardCharsets.UTF_8);
    assertThat(manifest).contains("Invoice <PERSON_1>.html").doesNotContain("Smith");
    for (JsonNode file : MAPPER.readTree(manifest).path("files")) {
      assertThat(text(file)).doesNotContain("Smith");
    }
    assertThat(sealed.findings()).containsEntry("PERSON", 1);
  }

  @Test
  void shouldReplaceAnswerAndKeepHeldOutQuestionsWhenDocumentChanges() throws IOException {
    // Given
    publish(shop("change"));
    DatasetSealed first = sealedOnRequest("change", 3, 1);
    Event.DocumentIngested changed =
        document("change", "b.html", 2, "When will my parcel arrive?", "It arrives in 2 days.");

    // When
    publish(List.of(changed));

    // Then
    DatasetSealed second = sealedOnRequest("change", 4, 2);
    assertThat(second.number()).isEqualTo(2);
    assertThat(second.version()).isNotEqualTo(first.version());
    JsonNode manifest = MAPPER.readTree(artifacts.read(second.manifest()));
    assertThat(manifest.path("previous").asText()).isEqualTo(first.version());
    String train = text(manifest.path("files").path("train"));
    assertThat(train).contains("It arrives in 2 days.").doesNotContain("It arrives in 5 days.");
  }

  @Test
  void shouldSealWithoutDocumentWhenItWasErased() throws IOException {
    // Given: words that no other dataset needs
    List<Event.DocumentIngested> documents = new ArrayList<>(shop("erase"));
    documents.set(
        1, document("erase", "b.html", 1, "When will my parcel arrive?", "On the ninth day."));
    publish(documents);
    sealedOnRequest("erase", 3, 1);
    ArtifactRef examples =
        cleansed("erase", 3).stream()
            .filter(event -> event.documentId().equals("b.html"))
            .findFirst()
            .orElseThrow()
            .examplesFile();

    // When
    probe.publish(
        new Event.DocumentErased("erase", "b.html", new Event.Position(Topics.INGEST, 0, 99)),
        "erase-b");

    // Then: nobody asked for the second version
    JsonNode manifest = MAPPER.readTree(artifacts.read(sealed("erase", 2).get(1).manifest()));
    for (JsonNode file : manifest.path("files")) {
      assertThat(text(file)).doesNotContain("On the ninth day.");
    }
    assertThat(manifest.path("documents")).hasSize(2);
    assertThat(artifacts.exists(examples)).isFalse();
  }

  @Test
  void shouldSealNothingWhenNewVersionOfDocumentSaysTheSame() {
    // Given
    publish(shop("same"));
    sealedOnRequest("same", 3, 1);

    // When
    publish(
        List.of(
            document("same", "b.html", 2, "When will my parcel arrive?", "It arrives in 5 days.")));

    // Then
    cleansed("same", 4);
    seal("same");
    await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> assertThat(pending("same")).isZero());
    assertThat(probe.events(Topics.DATASETS, "same", DatasetSealed.class)).hasSize(1);
  }

  @Test
  void shouldSealOnRequestAndShowWhatIsInsideWhenPolicyIsManual() {
    // Given
    publish(shop("by-hand"));

    // When
    DatasetSealed sealed = sealedOnRequest("by-hand", 3, 1);

    // Then
    RestAssured.get("/v1/datasets/by-hand/versions")
        .then()
        .statusCode(200)
        .body("versions[0].version", org.hamcrest.Matchers.equalTo(sealed.version()));
    RestAssured.get("/v1/datasets/by-hand/versions/1")
        .then()
        .statusCode(200)
        .body("counts.train", org.hamcrest.Matchers.equalTo(sealed.trainExamples()));
    RestAssured.get("/v1/datasets/by-hand/examples?size=3&page=1")
        .then()
        .statusCode(200)
        .body("total", org.hamcrest.Matchers.equalTo(14))
        .body("examples.size()", org.hamcrest.Matchers.equalTo(3));
    RestAssured.get("/v1/datasets/by-hand/contradictions")
        .then()
        .statusCode(200)
        .body("contradictions.size()", org.hamcrest.Matchers.equalTo(0));
    RestAssured.get("/v1/datasets/by-hand/versions/9")
        .then()
        .statusCode(404)
        .body("error.code", org.hamcrest.Matchers.equalTo("VERSION_UNKNOWN"));
    RestAssured.get("/v1/datasets/by-hand/versions/newest")
        .then()
        .statusCode(400)
        .body("error.code", org.hamcrest.Matchers.equalTo("PARAMETER_INVALID"));
    RestAssured.get("/v1/datasets/by-hand/nothing")
        .then()
        .statusCode(404)
        .body("error.code", org.hamcrest.Matchers.equalTo("NOT_FOUND"));
    RestAssured.get("/v1/datasets/by-hand/examples?size=many")
        .then()
        .statusCode(400)
        .body(
            "error.message",
            org.hamcrest.Matchers.equalTo("size must be a whole number from 1 to 500."));
    RestAssured.post("/v1/datasets/nobody/seal").then().statusCode(404);
  }

  @Test
  void shouldLeaveNothingOfAnErasedDocumentAnywhere() throws Exception {
    // Given
    String planted = "The vault opens with the word quizzical-mongoose-41.";
    Event.DocumentIngested secret =
        document("erasure-proof", "secret.html", 1, "How does the vault open?", planted);
    publish(shop("erasure-proof"));
    publish(List.of(secret));
    DatasetSealed before = sealedOnRequest("erasure-proof", 4, 1);
    assertThat(places("quizzical-mongoose-41")).isNotEmpty();

    // When
    artifacts.delete(secret.parsed());
    for (int time = 0; time < 2; time++) {
      probe.publish(
          new Event.DocumentErased(
              "erasure-proof", "secret.html", new Event.Position(Topics.INGEST, 0, 99)),
          "erasure-proof/" + time);
    }

    // Then
    Event.Receipt receipt = receipt("erasure-proof");
    seal("erasure-proof");
    JsonNode after = MAPPER.readTree(artifacts.read(sealed("erasure-proof", 2).get(1).manifest()));
    assertThat(after.path("documents")).hasSize(3);
    assertThat(places("quizzical-mongoose-41")).isEmpty();
    assertThat(receipt.stage()).isEqualTo("cleanse");
    assertThat(receipt.removed())
        .extracting(Event.ErasedPart::what)
        .contains("examples", "findings", "lineage of version 1", "manifest of version 1");
    assertThat(receipt.affected())
        .extracting(Event.ErasedPart::sha256)
        .containsExactly(before.version());
  }

  @Test
  void shouldSealPairsWithoutPrivateDataAndLeaveNothingOfThemWhenTheirDocumentIsErased()
      throws Exception {
    // Given
    String other = "Write to emily.carter@example.com, she has the wombat-lantern-77 for it.";
    Event.DocumentIngested votes =
        ingested(
            "votes",
            "votes.jsonl",
            1,
            List.of(
                preference("How do I open the attic?", "Pull the cord at the hatch.", other),
                preference(
                    "How do I close the attic?", "Push the hatch up.", "Push the hatch up.")));
    publish(shop("votes"));
    publish(List.of(votes));

    // When
    DatasetSealed sealed = sealedOnRequest("votes", 4, 1);

    // Then
    assertThat(sealed.preferencePairs()).isEqualTo(1);
    JsonNode manifest = MAPPER.readTree(artifacts.read(sealed.manifest()));
    assertThat(manifest.path("counts").path("preference").asInt()).isEqualTo(1);
    assertThat(manifest.path("rejects").path("preference-without-difference").asInt()).isEqualTo(1);
    String pairs = text(manifest.path("files").path("preference"));
    assertThat(pairs).contains("wombat-lantern-77", "Pull the cord").doesNotContain("emily.carter");
    assertThat(text(manifest.path("files").path("train")))
        .contains("Pull the cord", "Push the hatch up.")
        .doesNotContain("wombat-lantern-77");
    assertThat(places("wombat-lantern-77")).isNotEmpty();

    // When
    artifacts.delete(votes.parsed());
    probe.publish(
        new Event.DocumentErased("votes", "votes.jsonl", new Event.Position(Topics.INGEST, 0, 99)),
        "votes/erased");

    // Then
    Event.Receipt receipt = receipt("votes");
    assertThat(receipt.removed())
        .extracting(Event.ErasedPart::what)
        .contains("preference of version 1");
    seal("votes");
    DatasetSealed after = sealed("votes", 2).get(1);
    assertThat(after.preferencePairs()).isZero();
    assertThat(places("wombat-lantern-77")).isEmpty();
  }

  private static Block.Chat preference(String question, String preferred, String other) {
    return new Block.Chat(
        List.of(new Block.Message("user", question), new Block.Message("assistant", preferred)),
        List.of(new Block.Message("assistant", other)),
        0);
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
        .filter(java.util.Objects::nonNull)
        .toList();
  }

  /** Files of the artifact store and tables of the database that hold a text. */
  private List<String> places(String text) throws IOException, SQLException {
    List<String> places = new ArrayList<>();
    try (Stream<Path> files = Files.walk(artifactsRoot)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (new String(Files.readAllBytes(file), StandardCharsets.UTF_8).contains(text)) {
          places.add(file.toString());
        }
      }
    }
    try (Connection connection = database.getConnection();
        Statement statement = connection.createStatement()) {
      List<String> tables = new ArrayList<>();
      try (ResultSet names =
          statement.executeQuery(
              "select schemaname || '.' || tablename from pg_tables where schemaname not in"
                  + " ('pg_catalog', 'information_schema')")) {
        while (names.next()) {
          tables.add(names.getString(1));
        }
      }
      for (String table : tables) {
        try (ResultSet rows =
            statement.executeQuery(
                "select count(*) from " + table + " t where t::text like '%" + text + "%'")) {
          rows.next();
          if (rows.getLong(1) > 0) {
            places.add(table);
          }
        }
      }
    }
    return places;
  }

  private int pending(String dataset) {
    return QuarkusTransaction.requiringNew().call(() -> datasets.findById(dataset).changed);
  }

  /** Asks for a version when all documents are there, so that no pause of the machine matters. */
  private DatasetSealed sealedOnRequest(String dataset, int cleansed, int number) {
    cleansed(dataset, cleansed);
    seal(dataset);
    return sealed(dataset, number).get(number - 1);
  }

  private static void seal(String dataset) {
    RestAssured.post("/v1/datasets/" + dataset + "/seal").then().statusCode(202);
  }

  private List<DatasetSealed> sealed(String dataset, int count) {
    await()
        .atMost(Duration.ofMinutes(3))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.DATASETS, dataset, DatasetSealed.class))
                    .hasSizeGreaterThanOrEqualTo(count));
    return probe.events(Topics.DATASETS, dataset, DatasetSealed.class);
  }

  private List<DocumentCleansed> cleansed(String dataset, int count) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.EXAMPLES, dataset, DocumentCleansed.class))
                    .hasSizeGreaterThanOrEqualTo(count));
    return probe.events(Topics.EXAMPLES, dataset, DocumentCleansed.class);
  }

  private void publish(List<Event.DocumentIngested> documents) {
    for (Event.DocumentIngested document : documents) {
      String id =
          document.dataset() + "/" + document.documentId() + "/" + document.documentVersion();
      probe.publish(document, id);
    }
  }

  /** Three documents about parcels and devices. */
  private List<Event.DocumentIngested> shop(String dataset) {
    List<Block> devices = new ArrayList<>();
    String[] names = {"kettle", "lamp", "purifier", "heater", "toaster", "fan"};
    for (int i = 0; i < names.length; i++) {
      devices.add(
          new Block.QuestionAnswer(
              "How much does the " + names[i] + " weigh?",
              "The " + names[i] + " weighs " + (i + 2) + " kilograms with its box.",
              0));
      devices.add(
          new Block.QuestionAnswer(
              "In which colours is the " + names[i] + " sold?",
              "We sell the " + names[i] + " in white and in colour number " + i + ".",
              0));
    }
    return List.of(
        ingested(dataset, "a.html", 1, devices),
        document(dataset, "b.html", 1, "When will my parcel arrive?", "It arrives in 5 days."),
        document(dataset, "c.html", 1, "送料はいくらですか？", "送料は全国一律500円です。"));
  }

  private Event.DocumentIngested document(
      String dataset, String id, int version, String question, String answer) {
    return ingested(dataset, id, version, List.of(new Block.QuestionAnswer(question, answer, 0)));
  }

  private Event.DocumentIngested ingested(
      String dataset, String id, int version, List<Block> blocks) {
    return ingested(
        dataset, id, version, new ParsedDocument("text/html", "UTF-8", null, null, blocks));
  }

  private Event.DocumentIngested ingested(
      String dataset, String id, int version, ParsedDocument parsed) {
    ArtifactRef stored =
        artifacts.put(ParsedDocumentJson.write(parsed), ParsedDocumentJson.MEDIA_TYPE);
    return new Event.DocumentIngested(
        dataset,
        id,
        version,
        id,
        parsed.mediaType(),
        parsed.language(),
        null,
        stored,
        stored,
        new Event.Position(Topics.INGEST, 0, offset++));
  }

  private List<Event.DocumentIngested> samples(String dataset) throws IOException {
    DocumentParser parser = new DocumentParser(ParseLimits.defaults());
    List<Event.DocumentIngested> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(SAMPLES.resolve("first"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (parser.parse(file, ParseHints.ofFilename(name)) instanceof ParseOutcome.Parsed parsed) {
          events.add(ingested(dataset, name, 1, parsed.document()));
        }
      }
    }
    return events;
  }

  private String text(JsonNode file) {
    ArtifactRef ref =
        new ArtifactRef(
            file.path("location").asText(),
            file.path("sha256").asText(),
            file.path("sizeBytes").asLong(),
            file.path("mediaType").asText());
    return new String(artifacts.read(ref), StandardCharsets.UTF_8);
  }
}
