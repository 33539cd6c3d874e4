package dev.migaki.platform.testing;

import static org.awaitility.Awaitility.await;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import dev.migaki.platform.stage.ReceivedRecord;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;

/**
 * Puts records on topics and reads topics from their beginning, as a client that shares no code
 * with the stages. Reading is repeatable: wait with {@code await().untilAsserted(() ->
 * assertThat(probe.events(topic, dataset))…)}.
 */
public final class TopicProbe implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String bootstrapServers;
  private final KafkaProducer<String, byte[]> producer;

  public TopicProbe(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all", "max.request.size", 64 << 20);
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /** The broker of the application under test. */
  public static TopicProbe ofApplication() {
    return new TopicProbe(
        ConfigProvider.getConfig().getValue("kafka.bootstrap.servers", String.class));
  }

  /** An event with the id and headers it lay under. */
  public record ProbedEvent(String id, Event event, ReceivedRecord record) {}

  /** Sends any bytes and waits for the broker; null is a tombstone. */
  public RecordMetadata send(
      String topic, @Nullable String key, byte @Nullable [] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      return producer.send(record).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while sending to " + topic, e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("cannot send to " + topic, e);
    }
  }

  /** Sends an event to its topic under an id of the test's choice. */
  public RecordMetadata publish(Event event, String id) {
    return publish(event, id, Map.of());
  }

  /** Sends an event with further headers, such as {@code traceparent}. */
  public RecordMetadata publish(Event event, String id, Map<String, String> more) {
    EventType type = EventType.of(event);
    Map<String, String> headers = new HashMap<>(more);
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", id);
    headers.put("ce_type", type.wireName());
    headers.put("ce_source", "/migaki/test");
    headers.put("ce_time", Instant.EPOCH.toString());
    headers.put("content-type", "application/json");
    return send(type.topic(), event.dataset(), EventJson.write(event), headers);
  }

  /** Everything on the topic at this moment; per partition in order, hence per key too. */
  public List<ReceivedRecord> records(String topic) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", bootstrapServers, "enable.auto.commit", false);
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(topic, PATIENCE).stream()
              .map(info -> new TopicPartition(info.topic(), info.partition()))
              .sorted(Comparator.comparingInt(TopicPartition::partition))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, PATIENCE);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<ReceivedRecord> records = new ArrayList<>();
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey(), PATIENCE) < end.getValue())) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          records.add(ReceivedRecord.of(record));
        }
      }
      return records;
    }
  }

  /** The records of one dataset. */
  public List<ReceivedRecord> records(String topic, String dataset) {
    return records(topic).stream().filter(record -> dataset.equals(record.key())).toList();
  }

  /** The events of one dataset in order; a record that is no event fails the test. */
  public List<ProbedEvent> events(String topic, String dataset) {
    return records(topic, dataset).stream().map(TopicProbe::decode).toList();
  }

  /** The events of one dataset and one kind, in order. */
  public <E extends Event> List<E> events(String topic, String dataset, Class<E> kind) {
    return events(topic, dataset).stream()
        .map(ProbedEvent::event)
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  /** Waits until at least {@code count} events of the kind are there. */
  public <E extends Event> List<E> awaitEvents(
      String topic, String dataset, Class<E> kind, int count) {
    return await("%d %s of %s".formatted(count, kind.getSimpleName(), dataset))
        .atMost(Duration.ofMinutes(2))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> events(topic, dataset, kind), events -> events.size() >= count);
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }

  private static ProbedEvent decode(ReceivedRecord record) {
    String typeName =
        record
            .header("ce_type")
            .orElseThrow(() -> new IllegalStateException(record + " has no ce_type"));
    EventType type =
        EventType.named(typeName)
            .orElseThrow(
                () -> new IllegalStateException(record + " has the unknown type " + typeName));
    byte[] value = record.value();
    if (value == null) {
      throw new IllegalStateException(record + " has no value");
    }
    return new ProbedEvent(record.header("ce_id").orElse(""), EventJson.read(type, value), record);
  }
}
