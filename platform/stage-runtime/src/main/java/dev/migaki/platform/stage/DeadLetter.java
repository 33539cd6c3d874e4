package dev.migaki.platform.stage;

import static dev.migaki.platform.stage.CloudEventCodec.header;

import dev.migaki.contracts.Topics;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The dead letter of a record: key, value and headers as they came, and in further headers why and
 * from where, so that a person can judge it and a tool can send it again.
 */
final class DeadLetter {

  static final String PREFIX = "dead-letter-";

  private DeadLetter() {}

  static OutgoingRecord of(
      ConsumerRecord<String, byte[]> record,
      FailureClassifier.Decision.DeadLetter why,
      String stage,
      int attempts,
      Clock clock) {
    List<Header> headers = new ArrayList<>();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(PREFIX)) { // a letter that died before: its last death counts
        headers.add(header);
      }
    }
    headers.add(header(PREFIX + "code", why.code().name()));
    headers.add(header(PREFIX + "reason", why.reason()));
    headers.add(header(PREFIX + "stage", stage));
    headers.add(header(PREFIX + "topic", record.topic()));
    headers.add(header(PREFIX + "partition", Integer.toString(record.partition())));
    headers.add(header(PREFIX + "offset", Long.toString(record.offset())));
    headers.add(header(PREFIX + "timestamp", Long.toString(record.timestamp())));
    headers.add(header(PREFIX + "attempts", Integer.toString(attempts)));
    headers.add(header(PREFIX + "time", clock.instant().toString()));
    return new OutgoingRecord(
        Topics.deadLetterOf(record.topic()), record.key(), record.value(), headers);
  }
}
