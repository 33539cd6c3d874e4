package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Events as CloudEvents 1.0 in Kafka's binary mode: attributes in {@code ce_*} headers, data in the
 * value, the dataset as the key.
 */
final class CloudEventCodec {

  static final ErrorCode UNREADABLE = new ErrorCode("EVENT_UNREADABLE");
  static final ErrorCode UNKNOWN_TYPE = new ErrorCode("EVENT_TYPE_UNKNOWN");

  private final String stage;
  private final Clock clock;

  CloudEventCodec(String stage, Clock clock) {
    this.stage = stage;
    this.clock = clock;
  }

  /** An event and the id it travels under. */
  record Decoded(String id, Event event) {}

  /**
   * @throws PermanentFailure when the record is no event that this version knows; the message names
   *     the attribute or field, never a value of the data
   */
  Decoded decode(ReceivedRecord record) {
    String id = required(record, "ce_id");
    String typeName = required(record, "ce_type");
    String version = required(record, "ce_specversion");
    if (!version.startsWith("1.")) {
      throw new PermanentFailure(
          UNREADABLE, "CloudEvents version " + printable(version) + " is not supported, 1.x is");
    }
    EventType type =
        EventType.named(typeName)
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        UNKNOWN_TYPE,
                        "no event type " + printable(typeName) + " is known to this version"));
    byte[] value = record.value();
    if (value == null) {
      throw new PermanentFailure(UNREADABLE, type.wireName() + ": the record has no value");
    }
    try {
      return new Decoded(id, EventJson.read(type, value));
    } catch (EventJson.UnreadableEvent e) {
      throw new PermanentFailure(UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  OutgoingRecord encode(Event event, String id, TraceParent trace) {
    EventType type = EventType.of(event);
    List<Header> headers =
        List.of(
            header("ce_specversion", "1.0"),
            header("ce_id", id),
            header("ce_type", type.wireName()),
            header("ce_source", "/migaki/" + stage),
            header("ce_subject", event.dataset()),
            header("ce_partitionkey", event.dataset()),
            header("ce_time", clock.instant().truncatedTo(ChronoUnit.MILLIS).toString()),
            header("content-type", "application/json"),
            header(TraceParent.HEADER, trace.toString()));
    return new OutgoingRecord(type.topic(), event.dataset(), EventJson.write(event), headers);
  }

  static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
  }

  private static String required(ReceivedRecord record, String header) {
    return record
        .header(header)
        .filter(value -> !value.isBlank())
        .orElseThrow(
            () ->
                new PermanentFailure(
                    UNREADABLE, "the record is no CloudEvent: header " + header + " is missing"));
  }

  /**
   * Headers come from strangers; what goes into messages is short and has no control characters.
   */
  private static String printable(String text) {
    String clean = text.replaceAll("[^\\x20-\\x7e]", "?");
    return clean.length() > 80 ? clean.substring(0, 80) + "…" : clean;
  }
}
