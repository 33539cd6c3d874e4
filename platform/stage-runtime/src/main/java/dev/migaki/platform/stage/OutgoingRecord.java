package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** A record on its way out, with the bytes that will lie on the topic. */
record OutgoingRecord(
    String topic, @Nullable String key, byte @Nullable [] value, List<Header> headers) {

  OutgoingRecord {
    requireNonNull(topic, "topic");
    headers = List.copyOf(headers);
  }
}
