package dev.migaki.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/**
 * The JSON form of an event's data: fields in the order of the record, absent ones left out,
 * unknown ones ignored.
 */
public final class EventJson {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
          .build();

  private EventJson() {}

  /** UTF-8 JSON of the event's data. */
  public static byte[] write(Event event) {
    try {
      return MAPPER.writeValueAsBytes(event);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "an event record must have a JSON form: " + event.getClass(), e);
    }
  }

  /**
   * Reads the data of an event of a known type.
   *
   * @throws UnreadableEvent when the bytes are not JSON of that type; the message names the field,
   *     never its value
   */
  public static Event read(EventType type, byte[] json) {
    try {
      return MAPPER.readValue(json, type.record());
    } catch (com.fasterxml.jackson.databind.JsonMappingException e) {
      throw new UnreadableEvent(type.wireName() + ": cannot read field " + e.getPathReference());
    } catch (IOException e) {
      throw new UnreadableEvent(type.wireName() + ": the value is not JSON");
    }
  }

  /** The bytes are not an event; a permanent failure. */
  public static final class UnreadableEvent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableEvent(String message) {
      super(message);
    }
  }
}
