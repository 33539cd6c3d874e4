package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.jsonl.ChatJsonl;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the lineage: where a line of another file comes from.
 *
 * @param line of the file, from 1
 * @param template what made the example: an extraction rule or a template of questions
 * @param group the fact that it asks for, null or empty without one
 * @param teacher the model that proposed the example or its original, null where none did
 */
record LineageLine(
    String file,
    int line,
    Example example,
    String template,
    String kind,
    @Nullable String group,
    List<Source> sources,
    @Nullable String teacher) {

  String json() {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("file", file);
          json.writeNumberField("line", line);
          json.writeStringField("example", example.id());
          json.writeStringField("kind", kind);
          json.writeStringField("template", template);
          if (example.derivedFrom() != null) {
            json.writeStringField("derivedFrom", example.derivedFrom());
          }
          if (group != null && !group.isEmpty()) {
            json.writeStringField("group", group);
          }
          if (teacher != null) {
            json.writeStringField("teacher", teacher);
          }
          json.writeArrayFieldStart("sources");
          for (Source source : sources) {
            ExampleJsonl.source(json, source, true);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
