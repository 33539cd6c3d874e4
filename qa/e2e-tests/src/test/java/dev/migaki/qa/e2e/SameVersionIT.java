package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Same documents, same version: whatever the order, the partitions, the repeats and the deaths. */
final class SameVersionIT {
  private static final long SEED = 20261122;
  private static final int PAGES = 20;
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final List<StageService> SERVICES =
      List.of(StageService.INGEST, StageService.CLEANSE);

  @TempDir private Path directory;

  @Test
  void shouldSealTheSameVersionWhenOrderPartitionsRepeatsAndKillsDiffer() throws IOException {
    // Given
    Event.DatasetSealed calm = calm();
    // When
    Event.DatasetSealed stormy = stormy();
    // Then
    assertThat(stormy.version()).isEqualTo(calm.version());
    assertThat(stormy.documents()).isEqualTo(PAGES);
    assertThat(stormy.trainExamples()).isEqualTo(calm.trainExamples()).isPositive();
  }

  private Event.DatasetSealed calm() throws IOException {
    try (TestStack stack =
            TestStack.start(directory.resolve("calm"), TestStack.recipe("manual.yaml"), SERVICES);
        DocumentSubmitter submitter = stack.submitter()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Branches.Page page : Branches.pages(PAGES)) {
        sent.add(submitter.send(TestStack.DATASET, bytes(page), page.name()));
      }
      for (Future<RecordMetadata> one : sent) {
        DocumentSubmitter.await(one);
      }
      return sealed(stack);
    }
  }

  private Event.DatasetSealed stormy() throws IOException {
    Random random = new Random(SEED);
    List<Branches.Page> twice = new ArrayList<>(Branches.pages(PAGES));
    twice.addAll(Branches.pages(PAGES));
    Collections.shuffle(twice, random);
    List<String> victims = new ArrayList<>(List.of("ingest", "cleanse", "kafka", "postgresql"));
    Collections.shuffle(victims, random);
    System.out.println("seed " + SEED + ", killed in this order: " + victims);
    try (TestStack stack =
            TestStack.start(
                directory.resolve("stormy"), TestStack.recipe("manual.yaml"), SERVICES);
        KafkaProducer<String, byte[]> producer = producer(stack.state().kafka())) {
      int every = twice.size() / victims.size();
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int i = 0; i < twice.size(); i++) {
        sent.add(producer.send(record(twice.get(i), random.nextInt(3))));
        if (i % every == every / 2) {
          DocumentSubmitter.await(sent.get(0)); // something is on its way when the process dies
          stack.kill(victims.get(i / every));
        }
      }
      for (Future<RecordMetadata> one : sent) {
        DocumentSubmitter.await(one);
      }
      Event.DatasetSealed sealed = sealed(stack);
      assertThat(stack.pipeline().deadLetters()).isEmpty();
      return sealed;
    }
  }

  private static Event.DatasetSealed sealed(TestStack stack) {
    stack.awaitDataset(
        PATIENCE, view -> assertThat(view.cleansed()).as("cleansed documents").isEqualTo(PAGES));
    stack.seal();
    stack.awaitDataset(
        PATIENCE, view -> assertThat(view.newestVersion()).as("sealed version").isPresent());
    DatasetView view = stack.pipeline().dataset(TestStack.DATASET);
    assertThat(view.versions()).hasSize(1);
    assertThat(view.ingested()).isEqualTo(PAGES);
    return view.newestVersion().orElseThrow();
  }

  private static KafkaProducer<String, byte[]> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
        new StringSerializer(),
        new ByteArraySerializer());
  }

  private static ProducerRecord<String, byte[]> record(Branches.Page page, int partition) {
    ProducerRecord<String, byte[]> record =
        new ProducerRecord<>(Topics.INGEST, partition, TestStack.DATASET, bytes(page));
    byte[] name = page.name().getBytes(StandardCharsets.UTF_8);
    record.headers().add("filename", name).add("document-id", name);
    return record;
  }

  private static byte[] bytes(Branches.Page page) {
    return page.text().getBytes(StandardCharsets.UTF_8);
  }
}
