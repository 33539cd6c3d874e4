package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migaki.cleanse.outbound.recognizers.ReaderStandIn;
import dev.migaki.cleanse.outbound.recognizers.ReaderStandIn.Answer;
import dev.migaki.cleanse.persistence.FindingEntity;
import dev.migaki.cleanse.persistence.FindingRepository;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DocumentCleansed;
import dev.migaki.contracts.Topics;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.ReceivedRecord;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Documents whose recipe names a second reader. */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
@WithTestResource(ReaderRecipes.class)
class SecondReaderIT {
  private static final String NAME = "Quorvex Zibble";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @Inject ArtifactStore artifacts;
  @Inject FindingRepository findings;

  @ConfigProperty(name = "migaki.cleanse.recipes-directory")
  Path recipes;

  private TopicProbe probe;
  private ReaderStandIn standIn;
  private final LogKeeper log = new LogKeeper();

  /** Everything that is logged, with stack traces. */
  private static final class LogKeeper extends Handler {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord record) {
      StringWriter line = new StringWriter();
      line.append(new SimpleFormatter().formatMessage(record)).append('\n');
      line.append(record.getMessage()).append('\n');
      if (record.getParameters() != null) {
        line.append(List.of(record.getParameters()).toString());
      }
      if (record.getThrown() != null) {
        record.getThrown().printStackTrace(new PrintWriter(line));
      }
      lines.add(line.toString());
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
    standIn = ReaderStandIn.start(ReaderStandIn.presidioThatKnows(NAME));
    log.setLevel(Level.ALL);
    Logger.getLogger("").addHandler(log);
  }

  @AfterEach
  void disconnect() {
    Logger.getLogger("").removeHandler(log);
    standIn.close();
    probe.close();
  }

  private void recipe(String dataset, String reader) throws IOException {
    Files.writeString(
        recipes.resolve(dataset + ".yaml"),
        "seal: {policy: manual}\nfindings:\n  remote:\n    - " + reader + "\n");
  }

  private void publish(String dataset) {
    ParsedDocument parsed =
        new ParsedDocument(
            "text/html",
            "UTF-8",
            "en",
            null,
            List.of(
                new Block.QuestionAnswer(
                    "Who opens the warehouse in the morning? 😀",
                    "The warehouse at the harbour is opened by "
                        + NAME
                        + " at eight o'clock in the morning.",
                    0)));
    ArtifactRef stored =
        artifacts.put(ParsedDocumentJson.write(parsed), ParsedDocumentJson.MEDIA_TYPE);
    probe.publish(
        new Event.DocumentIngested(
            dataset,
            "a.html",
            1,
            "a.html",
            "text/html",
            "en",
            null,
            stored,
            stored,
            new Event.Position(Topics.INGEST, 0, 1)),
        dataset + "/a/1");
  }

  private List<DocumentCleansed> cleansed(String dataset) {
    return probe.events(Topics.EXAMPLES, dataset, DocumentCleansed.class);
  }

  @Test
  void shouldWaitForTheReaderAndStoreTheTextWithoutWhatItFound() throws IOException {
    // Given: it is out of order
    recipe("second-reader", "{kind: presidio, url: '" + standIn.url() + "'}");
    standIn.behave(request -> new Answer(503, "{\"error\": \"" + request.text() + "\"}"));

    // When
    publish("second-reader");
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(standIn.requests()).hasSizeGreaterThan(4));
    assertThat(cleansed("second-reader")).isEmpty();
    standIn.behave(ReaderStandIn.presidioThatKnows(NAME));

    // Then
    await().atMost(PATIENCE).until(() -> !cleansed("second-reader").isEmpty());
    DocumentCleansed event = cleansed("second-reader").get(0);
    String examples = new String(artifacts.read(event.examplesFile()), StandardCharsets.UTF_8);
    assertThat(examples)
        .contains("is opened by <PERSON_1> at eight o'clock in the morning.")
        .doesNotContain("Quorvex", "Zibble");
    assertThat(event.findings()).containsEntry("PERSON", 1);
    List<FindingEntity> audit =
        QuarkusTransaction.requiringNew()
            .call(() -> findings.list("dataset = ?1", "second-reader"));
    assertThat(audit).extracting(finding -> finding.recognizer).containsExactly("presidio");
    assertThat(log.lines)
        .anyMatch(line -> line.contains("RECOGNIZER_UNAVAILABLE"))
        .noneMatch(line -> line.contains("Quorvex") || line.contains("Zibble"));
  }

  @Test
  void shouldSayWhichKeyIsMisspeltAndGoOnWhenItIsMended() throws IOException {
    // Given
    recipe("misspelt-reader", "{kind: presidio, ulr: '" + standIn.url() + "'}");

    // When
    publish("misspelt-reader");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(log.lines)
                    .anyMatch(
                        line ->
                            line.contains(
                                "RECIPE_INVALID (recipe misspelt-reader.yaml: findings.remote[0]:"
                                    + " unknown key ulr (did you mean url?)")));
    assertThat(cleansed("misspelt-reader")).isEmpty();
    recipe("misspelt-reader", "{kind: presidio, url: '" + standIn.url() + "'}");

    // Then
    await().atMost(PATIENCE).until(() -> !cleansed("misspelt-reader").isEmpty());
    assertThat(cleansed("misspelt-reader").get(0).findings()).containsEntry("PERSON", 1);
  }

  @Test
  void shouldGiveTheDocumentUpByNameWhenTheReadersAnswerNeverMakesSense() throws IOException {
    // Given
    recipe("odd-reader", "{kind: model, url: '" + standIn.url() + "/v1', model: m}");
    standIn.behave(ReaderStandIn.modelThatSays("I have seen " + NAME + ", who is a person."));

    // When
    publish("odd-reader");

    // Then
    String letters = Topics.deadLetterOf(Topics.DOCUMENTS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(probe.records(letters, "odd-reader")).hasSize(1));
    ReceivedRecord letter = probe.records(letters, "odd-reader").get(0);
    assertThat(letter.header("dead-letter-code")).contains("RECOGNIZER_ANSWER_UNUSABLE");
    assertThat(letter.header("dead-letter-reason"))
        .contains("recogniser model at 127.0.0.1 gave an answer that is no JSON");
    assertThat(letter.header("dead-letter-attempts")).contains("3");
    assertThat(cleansed("odd-reader")).isEmpty();
    assertThat(log.lines)
        .anyMatch(line -> line.contains("RECOGNIZER_ANSWER_UNUSABLE"))
        .noneMatch(line -> line.contains("Quorvex") || line.contains("Zibble"));
  }
}
