package dev.migaki.platform.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.Topics;
import dev.migaki.platform.stage.HeldRecords;
import dev.migaki.platform.stage.ReceivedRecord;
import dev.migaki.platform.testing.harness.HandledDocuments;
import dev.migaki.platform.testing.harness.HarnessStage;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A dataset whose documents fail for a reason of its own holds up nobody and loses nothing. */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class HeldRecordsTest {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITIONS = 3;

  @Inject DataSource dataSource;
  @Inject MeterRegistry registry;
  @Inject HeldRecords held;

  private TopicProbe probe;
  private HandledDocuments handled;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
    handled = new HandledDocuments(dataSource);
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  private void publish(String dataset, String documentId, int version) {
    probe.publish(
        EventFixtures.aDocumentIngested()
            .withDataset(dataset)
            .withDocumentId(documentId)
            .withVersion(version)
            .build(),
        dataset + "/" + documentId + "/" + version);
  }

  /** A dataset that lies on the same partition. */
  private static String neighbourOf(String dataset) {
    return IntStream.range(0, 1000)
        .mapToObj(n -> dataset + "-neighbour-" + n)
        .filter(name -> partition(name) == partition(dataset))
        .findFirst()
        .orElseThrow();
  }

  private static int partition(String dataset) {
    return BuiltInPartitioner.partitionForKey(dataset.getBytes(StandardCharsets.UTF_8), PARTITIONS);
  }

  private Optional<HeldRecords.Waiting> waiting(String dataset) {
    return held.waiting().stream().filter(one -> one.dataset().equals(dataset)).findFirst();
  }

  @Test
  void shouldLetOthersOfThePartitionPassAndGoOnInOrderWhenItIsMended() {
    // Given
    String dataset = "held";
    String neighbour = neighbourOf(dataset);
    handled.stick(dataset, false);
    List<String> ids = IntStream.range(0, 60).mapToObj(n -> "document-" + n).toList();

    // When
    for (String id : ids) {
      publish(dataset, id, 1);
      publish(neighbour, id, 1);
    }

    // Then: the neighbour's are all there, in their order, while the dataset's wait
    List<Event.DocumentCleansed> passed =
        probe.awaitEvents(Topics.EXAMPLES, neighbour, Event.DocumentCleansed.class, ids.size());
    assertThat(passed)
        .extracting(Event.DocumentCleansed::documentId)
        .containsExactlyElementsOf(ids);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(waiting(dataset))
                    .hasValueSatisfying(
                        one -> {
                          assertThat(one.records()).isEqualTo(ids.size());
                          assertThat(one.code()).isEqualTo("HARNESS_STUCK");
                          assertThat(one.reason()).isEqualTo("the test asked for it");
                          assertThat(one.attempts()).isGreaterThan(1);
                        }));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(registry.get("migaki.stage.held.records").gauge().value())
                  .isGreaterThanOrEqualTo(ids.size());
              assertThat(registry.get("migaki.stage.held.oldest").gauge().value()).isPositive();
            });
    assertThat(handled.of(dataset)).isEmpty();
    assertThat(handled.of(neighbour).values()).hasSize(ids.size()).containsOnly(1);

    // And when
    handled.mend(dataset);

    // Then
    List<Event.DocumentCleansed> published =
        probe.awaitEvents(Topics.EXAMPLES, dataset, Event.DocumentCleansed.class, ids.size());
    assertThat(published)
        .extracting(Event.DocumentCleansed::documentId)
        .containsExactlyElementsOf(ids);
    assertThat(handled.of(dataset).values()).hasSize(ids.size()).containsOnly(1);
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(waiting(dataset)).isEmpty());
  }

  @Test
  void shouldLetAnErasureOvertakeTheDocumentItWithdraws() {
    // Given
    String dataset = "held-erasure";
    handled.stick(dataset, false);
    publish(dataset, "first", 1);
    publish(dataset, "withdrawn", 1);
    publish(dataset, "last", 1);

    // When
    probe.publish(EventFixtures.aDocumentErased(dataset, "withdrawn"), dataset + "/erasure");

    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(handled.of(dataset)).containsExactly(Map.entry("erased withdrawn", 1)));
    assertThat(waiting(dataset)).hasValueSatisfying(one -> assertThat(one.records()).isEqualTo(2));
    handled.mend(dataset);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(handled.of(dataset))
                    .containsExactly(
                        Map.entry("erased withdrawn", 1),
                        Map.entry("first", 1),
                        Map.entry("last", 1)));
    assertThat(waiting(dataset)).isEmpty();
  }

  @Test
  void shouldHandleOfADocumentTheNewestVersionOnly() {
    // Given
    String dataset = "held-versions";
    handled.stick(dataset, false);

    // When
    publish(dataset, "changing", 1);
    publish(dataset, "other", 1);
    publish(dataset, "changing", 2);
    publish(dataset, "changing", 4);
    publish(dataset, "changing", 3); // a dead letter that somebody sends again
    publish(neighbourOf(dataset), "behind", 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(handled.of(neighbourOf(dataset))).hasSize(1));
    handled.mend(dataset);

    // Then
    List<Event.DocumentCleansed> published =
        probe.awaitEvents(Topics.EXAMPLES, dataset, Event.DocumentCleansed.class, 2);
    assertThat(published)
        .extracting(event -> event.documentId() + "-" + event.documentVersion())
        .containsExactly("other-1", "changing-4");
    assertThat(handled.of(dataset).values()).containsOnly(1);
  }

  @Test
  void shouldBuryWhatNeverWorksAndHandleItWhenItIsSentAgainAfterARepair() {
    // Given
    String dataset = "held-bounded";
    handled.stick(dataset, true);

    // When
    publish(dataset, "odd", 1);

    // Then
    String letters = Topics.deadLetterOf(Topics.DOCUMENTS);
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(probe.records(letters, dataset)).hasSize(1));
    ReceivedRecord letter = probe.records(letters, dataset).get(0);
    assertThat(letter.header("dead-letter-code")).contains("HARNESS_STUCK");
    assertThat(letter.header("dead-letter-attempts")).contains("3");
    assertThat(letter.header("dead-letter-topic")).contains(Topics.DOCUMENTS);
    assertThat(letter.header("ce_id")).contains(dataset + "/odd/1");
    assertThat(waiting(dataset)).isEmpty();

    // And when
    handled.mend(dataset);
    probe.send(Topics.DOCUMENTS, letter.key(), letter.value(), texts(letter));

    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(handled.of(dataset)).containsExactly(Map.entry("odd", 1)));
  }

  private static Map<String, String> texts(ReceivedRecord letter) {
    return letter.headers().keySet().stream()
        .collect(
            java.util.stream.Collectors.toMap(
                name -> name, name -> letter.header(name).orElseThrow()));
  }

  @Test
  void shouldGoOnWithTheRestWhenOneThatWaitsIsPoison() {
    // Given
    String dataset = "held-poison";
    handled.stick(dataset, false);
    publish(dataset, "first", 1);
    publish(dataset, HarnessStage.POISON, 1);
    publish(dataset, "last", 1);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(waiting(dataset))
                    .hasValueSatisfying(one -> assertThat(one.records()).isEqualTo(3)));

    // When
    handled.mend(dataset);

    // Then
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(handled.of(dataset))
                    .containsExactly(Map.entry("first", 1), Map.entry("last", 1)));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(probe.records(Topics.deadLetterOf(Topics.DOCUMENTS), dataset))
                    .hasSize(1));
  }
}
