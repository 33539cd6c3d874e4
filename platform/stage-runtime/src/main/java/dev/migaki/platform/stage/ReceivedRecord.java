package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lay on the topic. Its value may be a document, so {@link #toString()} tells only
 * its size.
 *
 * @param key the dataset; absent when the producer set none
 * @param value absent for a tombstone
 * @param headers the last value of each name; a header without a value is an empty array
 * @param timestamp when the producer (or the broker) wrote it
 */
public record ReceivedRecord(
    String topic,
    int partition,
    long offset,
    @Nullable String key,
    byte @Nullable [] value,
    Map<String, byte[]> headers,
    Instant timestamp) {

  public ReceivedRecord {
    requireNonNull(topic, "topic");
    requireNonNull(timestamp, "timestamp");
    headers = Map.copyOf(headers);
  }

  public static ReceivedRecord of(ConsumerRecord<String, byte[]> record) {
    Map<String, byte[]> headers = new HashMap<>();
    for (Header header : record.headers()) {
      byte[] value = header.value();
      headers.put(header.key(), value == null ? new byte[0] : value);
    }
    return new ReceivedRecord(
        record.topic(),
        record.partition(),
        record.offset(),
        record.key(),
        record.value(),
        headers,
        Instant.ofEpochMilli(Math.max(0, record.timestamp())));
  }

  /** The header as UTF-8 text. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name))
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /**
   * Names this record for ever: a redelivery has the same name, a record of a topic that was
   * deleted and created again has another one.
   */
  public String identity() {
    return topic + "-" + partition + "-" + offset + "@" + timestamp.toEpochMilli();
  }

  @Override
  public String toString() {
    byte[] bytes = value;
    return topic
        + "-"
        + partition
        + "-"
        + offset
        + " ("
        + (bytes == null ? "no value" : bytes.length + " bytes")
        + ")";
  }
}
