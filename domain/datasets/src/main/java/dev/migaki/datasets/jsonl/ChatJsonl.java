package dev.migaki.datasets.jsonl;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.migaki.datasets.Message;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes OpenAI's chat lines, exactly {@code {"messages":[{"role":…,"content":…}]}}, and its
 * preference lines, exactly {@code {"input":{"messages":[…]},"preferred_output":[…],
 * "non_preferred_output":[…]}}.
 */
public final class ChatJsonl {
  private static final JsonFactory FACTORY = new JsonFactory();

  private ChatJsonl() {}

  /** One line, without the line feed. */
  public static String line(List<Message> messages) {
    return write(
        json -> {
          json.writeStartObject();
          messages(json, messages);
          json.writeEndObject();
        });
  }

  /** One preference line, without the line feed. */
  public static String preferenceLine(List<Message> prompt, Message preferred, Message other) {
    return write(
        json -> {
          json.writeStartObject();
          json.writeObjectFieldStart("input");
          messages(json, prompt);
          json.writeEndObject();
          messages(json, "preferred_output", List.of(preferred));
          messages(json, "non_preferred_output", List.of(other));
          json.writeEndObject();
        });
  }

  /** Writes the field {@code messages} into an open object. */
  public static void messages(JsonGenerator json, List<Message> messages) throws IOException {
    messages(json, "messages", messages);
  }

  private static void messages(JsonGenerator json, String field, List<Message> messages)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Message message : messages) {
      json.writeStartObject();
      json.writeStringField("role", message.role().wireName());
      json.writeStringField("content", message.content());
      if (message.weight() == 0) {
        json.writeNumberField("weight", 0);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** One line of whatever the body writes. */
  public static String write(Body body) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      body.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException("a string writer does not fail", e);
    }
    return text.toString();
  }

  /** Writes the content of a line. */
  @FunctionalInterface
  public interface Body {
    void writeTo(JsonGenerator json) throws IOException;
  }
}
