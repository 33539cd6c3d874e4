package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.outbound.chat.StandIn;
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
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(TeacherIT.OwnRecipes.class)
@WithTestResource(KafkaAndPostgres.class)
class TeacherIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Path RECIPES = Path.of("target/teacher-recipes").toAbsolutePath();
  private static final String FACT =
      "The Aoba purifier keeps its filter for 6 months, and the red lamp tells when it is used up.";
  private static final String PAIRS =
      """
      {"pairs":[
       {"question":"How long does the Aoba purifier keep its filter?",
        "answer":"The Aoba purifier keeps its filter for 6 months.",
        "evidence":"The Aoba purifier keeps its filter for 6 months"},
       {"question":"How long does the Aoba purifier keep its filter in summer?",
        "answer":"The Aoba purifier keeps its filter for 4 months.",
        "evidence":"The Aoba purifier keeps its filter for 6 months"},
       {"question":"What does the red lamp tell?",
        "answer":"The red lamp tells when the filter is used up.",
        "evidence":"The red lamp of the purifier tells when the filter is used up."}]}
      """;

  @Inject ArtifactStore artifacts;

  private TopicProbe probe;
  private long offset;

  /** Recipes that name a port of this run. */
  public static final class OwnRecipes implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of("migaki.cleanse.recipes-directory", RECIPES.toString());
    }
  }

  @BeforeEach
  void connect() throws IOException {
    Files.createDirectories(RECIPES);
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  @Test
  void shouldSealProvenPairWithLineageAndAskOnceWhenDocumentComesAgain() throws IOException {
    // Given
    try (StandIn teacher =
        new StandIn(
            0,
            (exchange, body) ->
                StandIn.send(exchange, 200, StandIn.completion("```json\n" + PAIRS, "stop")))) {
      recipe("taught", teacher);

      // When
      publish("taught", 1, FACT);
      DocumentCleansed cleansed = cleansed("taught", 1).get(0);
      DatasetSealed sealed = sealed("taught", 1);

      // Then: one pair is kept, two are dropped with their reasons
      assertThat(cleansed.examples()).isEqualTo(1);
      assertThat(cleansed.rejects())
          .containsEntry("teacher-facts-unproven", 1)
          .containsEntry("teacher-evidence-not-found", 1);
      JsonNode manifest = MAPPER.readTree(artifacts.read(sealed.manifest()));
      assertThat(manifest.path("teachers").path("large-1").asInt()).isPositive();
      assertThat(text(manifest, "train")).contains("for 6 months").doesNotContain("for 4 months");
      JsonNode trace = MAPPER.readTree(text(manifest, "lineage").lines().findFirst().orElseThrow());
      assertThat(trace.path("teacher").asText()).isEqualTo("large-1");
      JsonNode source = trace.path("sources").path(0);
      assertThat(source.path("document").asText()).isEqualTo("manual.txt");
      assertThat(source.path("page").asInt()).isEqualTo(4);
      assertThat(FACT.substring(0, source.path("end").asInt() - source.path("start").asInt()))
          .isEqualTo("The Aoba purifier keeps its filter for 6 months");
      assertThat(text(manifest, "data-card")).contains("Training examples by teacher");

      // When: the same text again
      publish("taught", 2, FACT);
      DocumentCleansed again = cleansed("taught", 2).get(1);

      // Then
      assertThat(teacher.bodies()).hasSize(1);
      assertThat(again.examples()).isEqualTo(1);
      assertThat(again.rejects()).isEqualTo(cleansed.rejects());

      // When: another text
      publish("taught", 3, "In winter it is otherwise. " + FACT);
      cleansed("taught", 3);

      // Then
      assertThat(teacher.bodies()).hasSize(2);
    }
  }

  @Test
  void shouldCleanseWithoutTeacherAndAskLaterWhenItIsDown() throws IOException {
    // Given
    int port;
    try (StandIn down = new StandIn(0, (exchange, body) -> StandIn.send(exchange, 200, ""))) {
      port = down.url().getPort();
      recipe("down", down);
    }

    // When
    publish("down", 1, FACT);
    DocumentCleansed cleansed = cleansed("down", 1).get(0);

    // Then
    assertThat(cleansed.examples()).isZero();
    assertThat(cleansed.rejects()).containsEntry("teacher-unreachable", 1);

    // When: another recipe, so that nobody has to wait a minute
    try (StandIn up =
        new StandIn(
            port,
            (exchange, body) -> StandIn.send(exchange, 200, StandIn.completion(PAIRS, "stop")))) {
      recipe("down", up, "large-2");
      publish("down", 2, FACT);

      // Then
      assertThat(cleansed("down", 2).get(1).examples()).isEqualTo(1);
    }
  }

  @Test
  void shouldLogReasonAndNoTextWhenTeacherQuotesItInAnError() throws IOException {
    // Given
    List<String> lines = new CopyOnWriteArrayList<>();
    Handler handler = recorder(lines);
    Logger.getLogger("").addHandler(handler);
    try (StandIn teacher =
        new StandIn(0, (exchange, body) -> StandIn.send(exchange, 401, body.toString()))) {
      recipe("quoted", teacher);

      // When
      publish("quoted", 1, FACT);

      // Then
      assertThat(cleansed("quoted", 1).get(0).rejects()).containsEntry("teacher-refused", 1);
      assertThat(teacher.bodies().toString()).contains("Aoba");
    } finally {
      Logger.getLogger("").removeHandler(handler);
    }
    assertThat(lines).anyMatch(line -> line.contains("teacher-refused"));
    assertThat(lines).noneMatch(line -> line.contains("Aoba"));
  }

  private static Handler recorder(List<String> lines) {
    return new Handler() {
      @Override
      public void publish(LogRecord line) {
        lines.add(line.getMessage() + Arrays.toString(line.getParameters()) + line.getThrown());
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  private static void recipe(String dataset, StandIn teacher) throws IOException {
    recipe(dataset, teacher, "large-1");
  }

  private static void recipe(String dataset, StandIn teacher, String model) throws IOException {
    Files.writeString(
        RECIPES.resolve(dataset + ".yaml"),
        """
        seal: {policy: manual, minimumExamples: 1}
        teacher: {url: "%s", model: %s, timeout: PT5S}
        """
            .formatted(teacher.url(), model));
  }

  private void publish(String dataset, int version, String text) {
    ParsedDocument parsed =
        new ParsedDocument(
            "text/plain", "UTF-8", "en", null, List.of(new Block.Paragraph(text, 4)));
    ArtifactRef stored =
        artifacts.put(ParsedDocumentJson.write(parsed), ParsedDocumentJson.MEDIA_TYPE);
    probe.publish(
        new Event.DocumentIngested(
            dataset,
            "manual.txt",
            version,
            "manual.txt",
            parsed.mediaType(),
            parsed.language(),
            null,
            stored,
            stored,
            new Event.Position(Topics.INGEST, 0, offset++)),
        dataset + "/" + version);
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

  private DatasetSealed sealed(String dataset, int number) {
    RestAssured.post("/v1/datasets/" + dataset + "/seal").then().statusCode(202);
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.DATASETS, dataset, DatasetSealed.class))
                    .hasSize(number));
    return probe.events(Topics.DATASETS, dataset, DatasetSealed.class).get(number - 1);
  }

  private String text(JsonNode manifest, String name) {
    JsonNode file = manifest.path("files").path(name);
    return new String(
        artifacts.read(
            new ArtifactRef(
                file.path("location").asText(),
                file.path("sha256").asText(),
                file.path("sizeBytes").asLong(),
                file.path("mediaType").asText())),
        StandardCharsets.UTF_8);
  }
}
