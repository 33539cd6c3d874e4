package dev.migaki.cli.bus;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import dev.migaki.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Every event of every stage from the first one on, and what was dead-lettered. Belongs to no
 * consumer group, so watching changes nothing. Not thread-safe.
 */
public final class EventFeed implements AutoCloseable {
  private final KafkaConsumer<String, byte[]> consumer;
  private boolean assigned;

  /**
   * @param bootstrapServers of the broker, which need not answer yet
   */
  public EventFeed(String bootstrapServers) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                "false",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                "2000"),
            new StringDeserializer(),
            new ByteArrayDeserializer());
  }

  /** Something seen on the bus. */
  public sealed interface Sighting {

    /**
     * An event of a known type.
     *
     * @param id the CloudEvents id; the same event delivered twice has the same id
     */
    record Happened(String id, Event event, Instant time) implements Sighting {}

    /**
     * A record that no stage could handle.
     *
     * @param reason as the stage wrote it, which never holds document text
     */
    record DeadLettered(String topic, Optional<String> dataset, String reason)
        implements Sighting {}
  }

  /** What arrived since the last call; waits up to {@code patience} for something. */
  public List<Sighting> poll(Duration patience) {
    if (!assigned) {
      assign();
    }
    List<Sighting> sightings = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
      sighting(record).ifPresent(sightings::add);
    }
    return sightings;
  }

  /**
   * Reads until every partition's end as it is now.
   *
   * @param patience how long to wait for the broker at most
   */
  public List<Sighting> readToEnd(Duration patience) {
    assign();
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), patience);
    List<Sighting> sightings = new ArrayList<>();
    long deadline = System.nanoTime() + patience.toNanos();
    while (isBehind(ends) && System.nanoTime() < deadline) {
      sightings.addAll(poll(Duration.ofMillis(200)));
    }
    return sightings;
  }

  @Override
  public void close() {
    consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(2)));
  }

  private boolean isBehind(Map<TopicPartition, Long> ends) {
    return ends.entrySet().stream()
        .anyMatch(end -> consumer.position(end.getKey()) < end.getValue());
  }

  private void assign() {
    Map<String, ?> topics = consumer.listTopics(Duration.ofSeconds(30));
    List<TopicPartition> partitions =
        Topics.ALL.stream()
            .filter(topic -> !topic.equals(Topics.INGEST))
            .flatMap(EventFeed::withDeadLetters)
            .filter(topics::containsKey)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .collect(java.util.stream.Collectors.toCollection(ArrayList::new));
    if (topics.containsKey(Topics.deadLetterOf(Topics.INGEST))) {
      consumer
          .partitionsFor(Topics.deadLetterOf(Topics.INGEST))
          .forEach(p -> partitions.add(new TopicPartition(p.topic(), p.partition())));
    }
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    assigned = true;
  }

  private static Stream<String> withDeadLetters(String topic) {
    return Stream.of(topic, Topics.deadLetterOf(topic));
  }

  private static Optional<Sighting> sighting(ConsumerRecord<String, byte[]> record) {
    if (record.topic().equals(Topics.deadLetterOf(originOf(record.topic())))) {
      return Optional.of(
          new Sighting.DeadLettered(
              record.topic(), Optional.ofNullable(record.key()), deadLetterReason(record)));
    }
    Optional<EventType> type = header(record, "ce_type").flatMap(EventType::named);
    if (type.isEmpty() || record.value() == null) {
      return Optional.empty(); // of a newer release; watching needs no more than what it knows
    }
    Event event = EventJson.read(type.get(), record.value());
    String id =
        header(record, "ce_id")
            .orElse(record.topic() + "-" + record.partition() + "-" + record.offset());
    return Optional.of(new Sighting.Happened(id, event, Instant.ofEpochMilli(record.timestamp())));
  }

  private static String originOf(String topic) {
    return topic.endsWith(".dead-letter")
        ? topic.substring(0, topic.length() - ".dead-letter".length())
        : topic;
  }

  private static String deadLetterReason(ConsumerRecord<String, byte[]> record) {
    List<String> parts = new ArrayList<>();
    for (Header header : record.headers()) {
      String name = header.key().toLowerCase(java.util.Locale.ROOT);
      if (name.contains("stage") || name.contains("code") || name.contains("reason")) {
        parts.add(name + "=" + new String(header.value(), StandardCharsets.UTF_8));
      }
    }
    return String.join(" ", parts);
  }

  private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
