package dev.migaki.datasets.jsonl;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Source;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The stored form of a document's examples: one JSON object per line, bytes by content alone. */
public final class ExampleJsonl {
  /** Media type of the stored form. */
  public static final String MEDIA_TYPE = "application/x-ndjson";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ExampleJsonl() {}

  /** UTF-8 lines of originals, in the given order. */
  public static byte[] write(List<Example> originals) {
    StringBuilder text = new StringBuilder();
    originals.forEach(example -> text.append(line(example)).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** One original as JSON: id, language, messages, the answer not preferred, source, extractor. */
  public static String line(Example example) {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", example.id());
          json.writeStringField("language", example.language());
          json.writeStringField("extractor", example.extractor());
          ChatJsonl.messages(json, example.messages());
          if (example.nonPreferred() != null) {
            json.writeStringField("nonPreferred", example.nonPreferred());
          }
          Source source = example.source();
          if (source != null) {
            json.writeFieldName("source");
            source(json, source, true);
          }
          json.writeEndObject();
        });
  }

  /**
   * Writes where an example stands in its document, null where that is not known.
   *
   * @param versioned whether the version of the document is told
   */
  public static void source(JsonGenerator json, @Nullable Source source, boolean versioned)
      throws IOException {
    if (source == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("document", source.documentId());
    if (versioned) {
      json.writeNumberField("version", source.documentVersion());
    }
    json.writeStringField("filename", source.filename());
    json.writeNumberField("page", source.page());
    json.writeNumberField("start", source.start());
    json.writeNumberField("end", source.end());
    json.writeArrayFieldStart("headings");
    for (String heading : source.headingPath()) {
      json.writeString(heading);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when a line is no example; the message names the line
   */
  public static List<Example> read(byte[] lines) {
    List<Example> examples = new ArrayList<>();
    int number = 0;
    for (String line : new String(lines, StandardCharsets.UTF_8).lines().toList()) {
      number++;
      try {
        examples.add(example(MAPPER.readTree(line)));
      } catch (JsonProcessingException | IllegalArgumentException e) {
        throw new IllegalArgumentException("line " + number + " is no example");
      }
    }
    return examples;
  }

  private static Example example(JsonNode node) {
    List<Message> messages = new ArrayList<>();
    for (JsonNode message : node.path("messages")) {
      Message.Role role =
          Message.Role.named(message.path("role").asText())
              .orElseThrow(() -> new IllegalArgumentException("unknown role"));
      messages.add(
          new Message(role, message.path("content").asText(), message.path("weight").asInt(1)));
    }
    JsonNode from = node.path("source");
    List<String> headings = new ArrayList<>();
    from.path("headings").forEach(heading -> headings.add(heading.asText()));
    Source source =
        new Source(
            from.path("document").asText(),
            from.path("version").asInt(),
            from.path("filename").asText(),
            from.path("page").asInt(),
            from.path("start").asInt(),
            from.path("end").asInt(),
            headings);
    JsonNode nonPreferred = node.path("nonPreferred");
    return Example.original(
        node.path("language").asText(),
        messages,
        nonPreferred.isTextual() ? nonPreferred.asText() : null,
        source,
        node.path("extractor").asText());
  }
}
