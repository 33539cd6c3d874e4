package dev.migaki.cli.figures;

import dev.migaki.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Counts what became of documents, by the events that tell it. */
final class Outcomes implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Map<String, Integer> counts = new HashMap<>();

  Outcomes(String bootstrap) {
    Map<String, Object> settings =
        Map.of(
            ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrap,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "earliest",
            ConsumerConfig.FETCH_MIN_BYTES_CONFIG,
            100_000,
            ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG,
            100);
    consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    consumer.assign(
        Stream.of(Topics.EXAMPLES, Topics.DOCUMENTS)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList());
  }

  /** Waits until so many documents are cleansed or refused. */
  void await(int wanted, String what) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long shown = 0;
    while (done() < wanted) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(250))) {
        Header type = record.headers().lastHeader("ce_type");
        if (type != null) {
          counts.merge(new String(type.value(), StandardCharsets.UTF_8), 1, Integer::sum);
        }
      }
      if (System.nanoTime() - shown > 2e9) {
        System.err.printf("%s: %d of %d documents%n", what, done(), wanted);
        shown = System.nanoTime();
      }
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("only " + counts + " after " + PATIENCE);
      }
    }
  }

  /** How many events of each type were told. */
  Map<String, Integer> counts() {
    return Map.copyOf(counts);
  }

  private int done() {
    return counts.getOrDefault("migaki.document.cleansed.v1", 0)
        + counts.getOrDefault("migaki.document.rejected.v1", 0);
  }

  @Override
  public void close() {
    consumer.close();
  }
}
