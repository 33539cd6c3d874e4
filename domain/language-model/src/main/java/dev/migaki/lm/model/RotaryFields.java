package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Set;

/**
 * Rotary positions of {@code config.json}: {@code rope_theta} with {@code rope_scaling}, or both in
 * {@code rope_parameters} (transformers 5).
 */
final class RotaryFields {

  private static final Set<String> TYPE_NAMES = Set.of("rope_type", "type", "rope_theta");
  private static final Set<String> LLAMA3 =
      Set.of("factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings");
  private static final Set<String> YARN =
      Set.of(
          "factor",
          "original_max_position_embeddings",
          "beta_fast",
          "beta_slow",
          "truncate",
          "attention_factor");

  private final JsonNode json;
  private final JsonNode fields;
  private final ModelFamily family;
  private final Path file;

  private RotaryFields(JsonNode json, JsonNode fields, ModelFamily family, Path file) {
    this.json = json;
    this.fields = fields;
    this.family = family;
    this.file = file;
  }

  /**
   * Takes {@code rope_scaling}, and {@code rope_parameters} when it is absent or empty, as
   * transformers 5.24 does.
   *
   * @throws InvalidModelException when both are there and mean different positions: which of them
   *     the weights were trained with cannot be known
   */
  static RotaryFields of(JsonNode json, ModelFamily family, Path file) {
    RotaryFields scaling = new RotaryFields(json, object(json, "rope_scaling", file), family, file);
    RotaryFields parameters =
        new RotaryFields(json, object(json, "rope_parameters", file), family, file);
    if (scaling.fields.isEmpty()) {
      return parameters;
    }
    boolean same =
        parameters.fields.isEmpty()
            || (scaling.theta() == parameters.theta()
                && scaling.scaling().equals(parameters.scaling()));
    if (!same) {
      throw new InvalidModelException(
          file
              + ": rope_scaling and rope_parameters differ; transformers reads rope_scaling, remove the one that is wrong");
    }
    return scaling;
  }

  private static JsonNode object(JsonNode json, String field, Path file) {
    JsonNode value = json.path(field);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw new InvalidModelException(file + ": " + field + " is not an object");
    }
    return value;
  }

  double theta() {
    JsonNode inside = fields.path("rope_theta");
    JsonNode value = inside.isNumber() ? inside : json.path("rope_theta");
    if (!value.isMissingNode()
        && !value.isNull()
        && !(value.isNumber() && value.asDouble() > 0 && Double.isFinite(value.asDouble()))) {
      throw new InvalidModelException(file + ": rope_theta is not a positive number");
    }
    return value.asDouble(family.defaultRopeTheta());
  }

  RopeScaling scaling() {
    if (!fields.isObject()) {
      return new RopeScaling.None();
    }
    String type = fields.path("rope_type").asText(fields.path("type").asText("default"));
    return switch (type) {
      case "default" -> only(Set.of(), type, new RopeScaling.None());
      case "linear" -> only(Set.of("factor"), type, new RopeScaling.Linear(number("factor")));
      case "llama3" ->
          only(
              LLAMA3,
              type,
              new RopeScaling.Llama3(
                  number("factor"),
                  number("low_freq_factor"),
                  number("high_freq_factor"),
                  (int) number("original_max_position_embeddings")));
      case "yarn" -> only(YARN, type, yarn());
      default ->
          throw new InvalidModelException(
              file
                  + ": rope_scaling of type '"
                  + type
                  + "' is not supported; supported: default, linear, llama3, yarn. Remove rope_scaling to use the model within its original context");
    };
  }

  private RopeScaling yarn() {
    double factor = number("factor");
    return new RopeScaling.Yarn(
        factor,
        fields.path("original_max_position_embeddings").isNumber()
            ? (int) number("original_max_position_embeddings")
            : json.path("max_position_embeddings").asInt(family.defaultPositions()),
        fields.path("beta_fast").asDouble(32),
        fields.path("beta_slow").asDouble(1),
        fields.path("truncate").asBoolean(true),
        fields.path("attention_factor").isNumber()
            ? number("attention_factor")
            : RopeScaling.Yarn.defaultAttentionScale(factor));
  }

  private RopeScaling only(Set<String> known, String type, RopeScaling scaling) {
    Iterator<String> names = fields.fieldNames();
    while (names.hasNext()) {
      String name = names.next();
      if (!known.contains(name) && !TYPE_NAMES.contains(name) && !fields.get(name).isNull()) {
        throw new InvalidModelException(
            file + ": rope_scaling of type '" + type + "' has an unknown field '" + name + "'");
      }
    }
    return scaling;
  }

  private double number(String field) {
    JsonNode value = fields.path(field);
    if (!value.isNumber() || !(value.asDouble() > 0) || !Double.isFinite(value.asDouble())) {
      throw new InvalidModelException(
          file + ": rope_scaling field '" + field + "' is missing or not a positive number");
    }
    return value.asDouble();
  }
}
