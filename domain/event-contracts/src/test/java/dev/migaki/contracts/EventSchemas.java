package dev.migaki.contracts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON Schema (2020-12) of an event's data, read off its record. Unknown fields are allowed: v1
 * only grows.
 */
final class EventSchemas {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private EventSchemas() {}

  static ObjectNode of(EventType type) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("$id", "urn:" + type.wireName());
    schema.put("title", type.record().getSimpleName());
    schema.setAll(object(type.record()));
    return schema;
  }

  private static ObjectNode object(Class<?> record) {
    ObjectNode schema = MAPPER.createObjectNode();
    schema.put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    ArrayNode required = MAPPER.createArrayNode();
    for (RecordComponent component : record.getRecordComponents()) {
      properties.set(component.getName(), value(component.getGenericType()));
      if (!component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        required.add(component.getName());
      }
    }
    schema.set("required", required);
    return schema;
  }

  private static JsonNode value(Type type) {
    ObjectNode schema = MAPPER.createObjectNode();
    if (type instanceof ParameterizedType generic && generic.getRawType().equals(Map.class)) {
      schema.put("type", "object");
      schema.set("additionalProperties", value(generic.getActualTypeArguments()[1]));
    } else if (type instanceof ParameterizedType generic
        && generic.getRawType().equals(List.class)) {
      schema.put("type", "array");
      schema.set("items", value(generic.getActualTypeArguments()[0]));
    } else if (type.equals(String.class)) {
      schema.put("type", "string");
    } else if (type.equals(boolean.class)) {
      schema.put("type", "boolean");
    } else if (type.equals(int.class) || type.equals(long.class) || type.equals(Integer.class)) {
      schema.put("type", "integer");
    } else if (type.equals(double.class) || type.equals(Double.class)) {
      schema.put("type", "number");
    } else if (type instanceof Class<?> record && record.isRecord()) {
      return object(record);
    } else {
      throw new IllegalArgumentException("no schema for " + type);
    }
    return schema;
  }
}
