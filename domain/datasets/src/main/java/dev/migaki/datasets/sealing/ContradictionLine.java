package dev.migaki.datasets.sealing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.jsonl.ChatJsonl;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import java.io.IOException;

/** A contradiction as a line of a version's report. */
final class ContradictionLine {
  private ContradictionLine() {}

  /** Both sides with their sources. */
  static String of(Contradiction contradiction) {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("language", contradiction.kept().language());
          json.writeStringField("kind", contradiction.kind());
          json.writeStringField(
              "resolution",
              contradiction.resolution() == Contradiction.Resolution.NEWER_KEPT
                  ? "newer-kept"
                  : "neither-kept");
          side(json, "first", contradiction.kept());
          side(json, "second", contradiction.dropped());
          json.writeEndObject();
        });
  }

  private static void side(JsonGenerator json, String name, Example example) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("example", example.id());
    json.writeStringField("question", example.question());
    json.writeStringField("answer", example.answer());
    json.writeFieldName("source");
    ExampleJsonl.source(json, example.source(), true);
    json.writeEndObject();
  }
}
