package dev.migaki.training.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A block of a recipe. A key that nobody reads is refused: misspelt, it would have no effect. */
final class Block {
  private final String name;
  private final JsonNode values;

  /**
   * @param known the keys that the block may have
   * @throws IllegalArgumentException naming those that it may not have
   */
  Block(String name, JsonNode recipe, List<String> known) {
    this.name = name;
    this.values = recipe.path(name);
    Set<String> unknown = new TreeSet<>();
    values.fieldNames().forEachRemaining(unknown::add);
    known.forEach(unknown::remove);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "%s: unknown keys: %s; known are %s".formatted(name, unknown, known));
    }
  }

  String text(String key, String otherwise) {
    return values.path(key).asText(otherwise);
  }

  double number(String key, double otherwise) {
    JsonNode value = values.path(key);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw wrong(key, "a number", value);
    }
    return value.asDouble();
  }

  Duration duration(String key, Duration otherwise) {
    JsonNode value = values.path(key);
    try {
      return Duration.parse(value.asText(otherwise.toString()));
    } catch (DateTimeParseException e) {
      throw wrong(key, "an ISO-8601 duration such as PT10M", value);
    }
  }

  /** The entries of a map, as text. */
  Map<String, String> texts(String key) {
    Map<String, String> texts = new TreeMap<>();
    values
        .path(key)
        .properties()
        .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private IllegalArgumentException wrong(String key, String expected, JsonNode value) {
    return new IllegalArgumentException(
        "%s.%s must be %s but is '%s'".formatted(name, key, expected, value.asText()));
  }
}
