package dev.migaki.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.Topics;
import dev.migaki.platform.testing.harness.HandledDocuments;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/**
 * The broker and the database are killed while a stage works; nothing may be lost, doubled or
 * buried.
 */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class OutageTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int DOCUMENTS = 300;

  @Inject DataSource dataSource;

  @Test
  void shouldHandleEachDocumentOnceWhenBrokerAndDatabaseAreKilledMidWay() {
    // Given
    String dataset = "outages";
    HandledDocuments handled = new HandledDocuments(dataSource);
    List<String> ids = IntStream.range(0, DOCUMENTS).mapToObj(i -> "document-" + i).toList();
    try (TopicProbe probe = TopicProbe.ofApplication()) {
      ids.forEach(
          id -> probe.send(Topics.INGEST, dataset, id.getBytes(StandardCharsets.UTF_8), Map.of()));
      await().atMost(PATIENCE).until(() -> handled.of(dataset).size() > DOCUMENTS / 10);

      // When
      TestInfrastructure.killKafka();
      TestInfrastructure.startKafka();
      TestInfrastructure.killPostgres();
      TestInfrastructure.startPostgres();

      // Then
      await()
          .atMost(PATIENCE)
          .ignoreExceptions()
          .untilAsserted(() -> assertThat(handled.of(dataset)).hasSize(DOCUMENTS));
      assertThat(handled.of(dataset).values()).containsOnly(1);
      List<Event.DocumentCleansed> published =
          probe.awaitEvents(Topics.EXAMPLES, dataset, Event.DocumentCleansed.class, DOCUMENTS);
      Set<String> firstCopies =
          new LinkedHashSet<>(published.stream().map(Event.DocumentCleansed::documentId).toList());
      assertThat(firstCopies).containsExactlyElementsOf(ids);
      assertThat(probe.records(Topics.deadLetterOf(Topics.INGEST), dataset)).isEmpty();
      assertThat(probe.records(Topics.deadLetterOf(Topics.DOCUMENTS), dataset)).isEmpty();
    }
  }
}
