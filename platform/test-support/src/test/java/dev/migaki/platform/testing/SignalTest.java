package dev.migaki.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.Topics;
import dev.migaki.platform.testing.harness.HandledDocuments;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A service is told to stop, and killed, while records are in hand: none is lost, doubled or
 * buried.
 */
class SignalTest {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int DOCUMENTS = 300;

  @Test
  void shouldLeaveRecordsUnacknowledgedAndNotBuryThemWhenTerminatedAndKilled(
      @TempDir Path directory) throws Exception {
    // Given
    Map<String, String> configuration = TestInfrastructure.ensureStarted();
    HandledDocuments handled = new HandledDocuments(dataSource(configuration));
    Path jar = HarnessProcess.build(directory);
    Path log = directory.resolve("harness.log");
    String dataset = "signals";
    List<String> ids = IntStream.range(0, DOCUMENTS).mapToObj(i -> "document-" + i).toList();
    HarnessProcess first = HarnessProcess.start(jar, configuration, log);
    try (TopicProbe probe = new TopicProbe(configuration.get("kafka.bootstrap.servers"))) {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> handled.of(dataset).isEmpty());
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(probe.records(Topics.INGEST, dataset)).isEmpty());
      ids.forEach(
          id -> probe.send(Topics.INGEST, dataset, id.getBytes(StandardCharsets.UTF_8), Map.of()));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> handled.of(dataset).size() > DOCUMENTS / 10);

      // When
      int status = first.terminate();
      HarnessProcess second = HarnessProcess.start(jar, configuration, log);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> handled.of(dataset).size() > DOCUMENTS / 2);
      second.kill();
      HarnessProcess third = HarnessProcess.start(jar, configuration, log);

      // Then
      assertThat(status).isIn(0, 143);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(handled.of(dataset))
                      .as("log:%n%s", Files.readString(log))
                      .hasSize(DOCUMENTS));
      assertThat(handled.of(dataset).values()).containsOnly(1);
      List<Event.DocumentCleansed> published =
          probe.awaitEvents(Topics.EXAMPLES, dataset, Event.DocumentCleansed.class, DOCUMENTS);
      assertThat(
              new LinkedHashSet<>(
                  published.stream().map(Event.DocumentCleansed::documentId).toList()))
          .containsExactlyElementsOf(ids);
      assertThat(probe.records(Topics.deadLetterOf(Topics.INGEST), dataset)).isEmpty();
      assertThat(probe.records(Topics.deadLetterOf(Topics.DOCUMENTS), dataset)).isEmpty();
      third.terminate();
    }
  }

  @Test
  void shouldFindWhatWasSetAsideWhenKilledWhileItWaitsAndWhileItIsTakenUp(@TempDir Path directory)
      throws Exception {
    // Given
    Map<String, String> configuration = TestInfrastructure.ensureStarted();
    HandledDocuments handled = new HandledDocuments(dataSource(configuration));
    Path jar = HarnessProcess.build(directory);
    Path log = directory.resolve("harness.log");
    String dataset = "signals-held";
    List<String> ids = IntStream.range(0, DOCUMENTS).mapToObj(i -> "document-" + i).toList();
    HarnessProcess first = HarnessProcess.start(jar, configuration, log);
    try (TopicProbe probe = new TopicProbe(configuration.get("kafka.bootstrap.servers"))) {
      await().atMost(PATIENCE).ignoreExceptions().until(() -> handled.of(dataset).isEmpty());
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(probe.records(Topics.INGEST, dataset)).isEmpty());
      handled.stick(dataset, false);
      ids.forEach(
          id -> probe.send(Topics.INGEST, dataset, id.getBytes(StandardCharsets.UTF_8), Map.of()));
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> handled.waiting(dataset) > DOCUMENTS / 3);

      // When
      first.kill();
      HarnessProcess second = HarnessProcess.start(jar, configuration, log);
      await().atMost(PATIENCE).until(() -> handled.waiting(dataset) == DOCUMENTS);
      handled.mend(dataset);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> !handled.of(dataset).isEmpty());
      second.kill();
      HarnessProcess third = HarnessProcess.start(jar, configuration, log);

      // Then
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(handled.of(dataset))
                      .as("log:%n%s", Files.readString(log))
                      .hasSize(DOCUMENTS));
      assertThat(handled.of(dataset).values()).containsOnly(1);
      assertThat(handled.ids(dataset)).containsExactlyElementsOf(ids);
      assertThat(handled.waiting(dataset)).isZero();
      List<Event.DocumentCleansed> published =
          probe.awaitEvents(Topics.EXAMPLES, dataset, Event.DocumentCleansed.class, DOCUMENTS);
      assertThat(
              new LinkedHashSet<>(
                  published.stream().map(Event.DocumentCleansed::documentId).toList()))
          .containsExactlyElementsOf(ids);
      assertThat(probe.records(Topics.deadLetterOf(Topics.DOCUMENTS), dataset)).isEmpty();
      third.terminate();
    }
  }

  private static PGSimpleDataSource dataSource(Map<String, String> configuration) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(configuration.get("quarkus.datasource.jdbc.url"));
    source.setUser(configuration.get("quarkus.datasource.username"));
    source.setPassword(configuration.get("quarkus.datasource.password"));
    return source;
  }
}
