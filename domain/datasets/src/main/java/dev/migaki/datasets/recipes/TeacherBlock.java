package dev.migaki.datasets.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.datasets.teacher.TeacherSettings;
import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code teacher} block of a recipe. Values that may be keys are never quoted. */
final class TeacherBlock {
  private static final List<String> KEYS =
      List.of(
          "url",
          "model",
          "apiKeyVariable",
          "pairsPerPassage",
          "maxPassagesPerDocument",
          "timeout",
          "maxTokensPerDocument");

  private TeacherBlock() {}

  static @Nullable TeacherSettings read(JsonNode block) {
    if (block.isMissingNode() || block.isNull()) {
      return null;
    }
    if (!block.isObject()) {
      throw new IllegalArgumentException("teacher must be a block with at least url and model");
    }
    block
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!KEYS.contains(name)) {
                throw new IllegalArgumentException(
                    "teacher.%s is unknown; known are %s. The key itself never stands in a recipe"
                        .formatted(name, String.join(", ", KEYS)));
              }
            });
    return new TeacherSettings(
        url(text(block, "url")),
        text(block, "model"),
        block.has("apiKeyVariable") ? text(block, "apiKeyVariable") : null,
        number(block, "pairsPerPassage", 3),
        number(block, "maxPassagesPerDocument", 20),
        timeout(block),
        number(block, "maxTokensPerDocument", 50_000));
  }

  private static String text(JsonNode block, String key) {
    JsonNode value = block.path(key);
    if (!value.isTextual() || value.asText().isBlank()) {
      throw new IllegalArgumentException("teacher." + key + " must be given, as a text");
    }
    return value.asText();
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      // the message of the cause would quote it
      throw new IllegalArgumentException("teacher.url must be an http or https address");
    }
  }

  private static int number(JsonNode block, String key, int standard) {
    JsonNode value = block.path(key);
    if (value.isMissingNode()) {
      return standard;
    }
    if (!value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new IllegalArgumentException("teacher." + key + " must be a whole number");
    }
    return value.asInt();
  }

  private static Duration timeout(JsonNode block) {
    if (!block.has("timeout")) {
      return Duration.ofSeconds(30);
    }
    try {
      return Duration.parse(text(block, "timeout"));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("teacher.timeout must be a duration such as PT30S");
    }
  }
}
