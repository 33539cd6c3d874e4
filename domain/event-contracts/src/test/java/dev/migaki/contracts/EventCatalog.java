package dev.migaki.contracts;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** docs/03-event-catalog.md, written from the contracts. */
final class EventCatalog {
  private EventCatalog() {}

  static String markdown(Map<EventType, ObjectNode> schemas) {
    StringBuilder page =
        new StringBuilder(
            """
                # 03 Event catalog

                This page is generated from the records in `domain/event-contracts` and checked by the build; do not edit it.
                To renew it after a change: `mvn -pl domain/event-contracts test -Dmigaki.update`.

                Every event is a CloudEvent 1.0 in binary mode: `ce_id`, `ce_type`, `ce_source`, `ce_time`, `ce_subject` (the dataset)
                and `traceparent` in the headers, the data below as JSON in the value, the dataset as the key. Documents, datasets,
                models and reports travel by reference (`ArtifactRef`: location, sha256, sizeBytes, mediaType). Within `v1` fields are
                only added. What a stage cannot handle goes to `<topic>.dead-letter` with its original bytes and headers.

                The front door `migaki.ingest` takes any bytes, see [02 Quick start](02-quickstart.md); one event passes it too.

                """);
    String topic = "";
    for (EventType type : EventType.values()) {
      if (!type.topic().equals(topic)) {
        topic = type.topic();
        page.append("## `").append(topic).append("`\n\n");
      }
      page.append("### ").append(type.record().getSimpleName()).append("\n\n");
      page.append("Type `").append(type.wireName()).append("`.\n\n");
      page.append("| field | type | always |\n|---|---|---|\n");
      ObjectNode schema = schemas.get(type);
      schema
          .get("properties")
          .properties()
          .forEach(
              property -> {
                boolean required = false;
                for (var name : schema.get("required")) {
                  required |= name.asText().equals(property.getKey());
                }
                page.append("| `")
                    .append(property.getKey())
                    .append("` | ")
                    .append(typeName(property.getKey(), (ObjectNode) property.getValue()))
                    .append(" | ")
                    .append(required ? "yes" : "no")
                    .append(" |\n");
              });
      page.append('\n');
    }
    return page.toString().stripTrailing() + "\n";
  }

  private static String typeName(String name, ObjectNode schema) {
    if (schema.has("additionalProperties")) {
      return "map to " + schema.get("additionalProperties").get("type").asText();
    }
    if (schema.has("items")) {
      return "list of " + schema.get("items").get("type").asText();
    }
    if (schema.has("properties")) {
      return switch (name) {
        case "position" -> "position (topic, partition, offset)";
        case "receipt" -> "receipt (stage, removed, kept, affected)";
        default -> "`ArtifactRef`";
      };
    }
    return schema.get("type").asText();
  }
}
