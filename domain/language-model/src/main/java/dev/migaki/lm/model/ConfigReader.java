package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.JsonFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Reads {@code config.json}. A field that is neither honoured nor known to be without effect on the
 * numbers is refused by name, unless its value says that it is off.
 */
final class ConfigReader {

  private final JsonNode json;
  private final Path file;
  private final ModelFamily family;

  private ConfigReader(JsonNode json, Path file) {
    this.json = json;
    this.file = file;
    this.family = family(json, file);
  }

  static ModelConfig read(Path file) {
    if (!Files.exists(file)) {
      throw new InvalidModelException(
          file
              + " is missing; a model directory holds config.json, tokenizer.json and"
              + " model.safetensors or its shards");
    }
    return new ConfigReader(JsonFiles.object(file), file).config();
  }

  private static ModelFamily family(JsonNode json, Path file) {
    String type = json.path("model_type").asText("");
    if (type.isEmpty()) {
      throw new InvalidModelException(
          file + ": field 'model_type' is missing; supported: " + ModelFamily.modelTypes());
    }
    boolean experts =
        type.equals("gpt_oss")
            || type.contains("moe")
            || type.equals("mixtral")
            || json.path("num_experts").asInt(0) > 1
            || json.path("num_local_experts").asInt(0) > 1;
    if (experts) {
      throw new InvalidModelException(
          file
              + ": model_type '"
              + type
              + "' is a mixture of experts (gpt-oss, Mixtral, Qwen MoE), which is not supported; choose a dense model of: "
              + ModelFamily.modelTypes());
    }
    return ModelFamily.ofModelType(type)
        .orElseThrow(
            () ->
                new InvalidModelException(
                    file
                        + ": model_type '"
                        + type
                        + "' is not supported; supported: "
                        + ModelFamily.modelTypes()));
  }

  private ModelConfig config() {
    refuseOtherHeads();
    ConfigFields.refuseUnknown(json, family, file);
    int hiddenSize = integer("hidden_size");
    int heads = integer("num_attention_heads");
    int layers = integer("num_hidden_layers");
    // Qwen3's configuration class does not derive it
    int headSize = family == ModelFamily.QWEN3 ? 128 : hiddenSize / Math.max(1, heads);
    RotaryFields rotary = RotaryFields.of(json, family, file);
    boolean attentionBias = flag("attention_bias", false);
    boolean feedForwardBias = flag("mlp_bias", false);
    ModelConfig.Variant variant =
        switch (family) {
          case LLAMA, SMOLLM3 ->
              new ModelConfig.Variant(
                  family,
                  rotary.scaling(),
                  attentionBias,
                  attentionBias,
                  feedForwardBias,
                  false,
                  family == ModelFamily.SMOLLM3 ? layersWithoutRotation(layers) : Set.of());
          case MISTRAL ->
              new ModelConfig.Variant(
                  family, rotary.scaling(), false, false, false, false, Set.of());
          case QWEN2 ->
              new ModelConfig.Variant(
                  family, rotary.scaling(), true, false, false, false, Set.of());
          case QWEN3 ->
              new ModelConfig.Variant(
                  family, rotary.scaling(), attentionBias, attentionBias, false, true, Set.of());
        };
    return new ModelConfig(
        integer("vocab_size"),
        hiddenSize,
        integer("intermediate_size"),
        layers,
        heads,
        keyValueHeads(heads),
        json.hasNonNull("head_dim") ? integer("head_dim") : headSize,
        number("rms_norm_eps", 1e-6),
        rotary.theta(),
        context(layers),
        flag("tie_word_embeddings", family.defaultTied()),
        variant,
        tokenIds());
  }

  private Map<String, List<Integer>> tokenIds() {
    Map<String, List<Integer>> stated = new TreeMap<>();
    for (String field : ModelConfig.TOKEN_ID_FIELDS) {
      JsonNode value = json.path(field);
      List<Integer> ids = new ArrayList<>();
      for (JsonNode id : value.isArray() ? value : List.of(value)) {
        if (id.isIntegralNumber() && id.canConvertToInt()) {
          ids.add(id.intValue());
        } else if (!id.isMissingNode() && !id.isNull()) {
          throw new InvalidModelException(file + ": field '" + field + "' is no token id");
        }
      }
      if (!value.isMissingNode()) {
        stated.put(field, ids);
      }
    }
    return stated;
  }

  private void refuseOtherHeads() {
    for (JsonNode architecture : json.path("architectures")) {
      if (!architecture.asText().equals(family.architecture())) {
        throw new InvalidModelException(
            file
                + ": architectures '"
                + architecture.asText()
                + "' is not supported for model_type '"
                + family.modelType()
                + "'; supported: "
                + family.architecture());
      }
    }
    String activation = json.path("hidden_act").asText("silu");
    if (!activation.equals("silu")) {
      throw new InvalidModelException(
          file + ": hidden_act '" + activation + "' is not supported; supported: silu");
    }
  }

  private int keyValueHeads(int heads) {
    if (json.hasNonNull("num_key_value_heads")) {
      return integer("num_key_value_heads");
    }
    if (family == ModelFamily.LLAMA) {
      return heads;
    }
    throw new InvalidModelException(
        file + ": field 'num_key_value_heads' is missing; families guess it differently, write it");
  }

  /** The context, cut to the sliding window: within it both kinds of attention are equal. */
  private int context(int layers) {
    int positions =
        json.hasNonNull("max_position_embeddings")
            ? integer("max_position_embeddings")
            : family.defaultPositions();
    boolean windowed =
        switch (family) {
          case LLAMA -> false;
          case MISTRAL -> json.hasNonNull("sliding_window");
          case QWEN2, QWEN3, SMOLLM3 ->
              slidingLayers() || (flag("use_sliding_window", false) && windowReached(layers));
        };
    if (!windowed) {
      return positions;
    }
    return Math.min(positions, integer("sliding_window"));
  }

  private boolean slidingLayers() {
    for (JsonNode layer : json.path("layer_types")) {
      if (layer.asText().equals("sliding_attention")) {
        return true;
      }
    }
    return false;
  }

  /** Qwen2 and Qwen3 apply the window from layer {@code max_window_layers} on. */
  private boolean windowReached(int layers) {
    return json.hasNonNull("sliding_window")
        && (!json.has("layer_types") || json.path("layer_types").isEmpty())
        && layers > json.path("max_window_layers").asInt(0);
  }

  /**
   * {@code no_rope_layers} holds 1 for a layer with rotation; without it, every fourth has none.
   */
  private Set<Integer> layersWithoutRotation(int layers) {
    Set<Integer> without = new HashSet<>();
    JsonNode flags = json.path("no_rope_layers");
    if (flags.isArray()) {
      if (flags.size() != layers) {
        throw new InvalidModelException(
            file
                + ": no_rope_layers has "
                + flags.size()
                + " entries, num_hidden_layers is "
                + layers);
      }
      for (int i = 0; i < layers; i++) {
        if (flags.get(i).asInt(1) == 0) {
          without.add(i);
        }
      }
      return without;
    }
    int interval = json.path("no_rope_layer_interval").asInt(4);
    if (interval < 1) {
      throw new InvalidModelException(
          file + ": no_rope_layer_interval is " + interval + ", must be positive");
    }
    for (int i = 0; i < layers; i++) {
      if ((i + 1) % interval == 0) {
        without.add(i);
      }
    }
    return without;
  }

  private int integer(String field) {
    JsonNode value = json.get(field);
    if (value == null || !value.isIntegralNumber() || !value.canConvertToInt()) {
      throw new InvalidModelException(
          file + ": field '" + field + "' is missing or not an integer");
    }
    return value.intValue();
  }

  private double number(String field, double fallback) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return fallback;
    }
    if (!value.isNumber()) {
      throw new InvalidModelException(file + ": field '" + field + "' is not a number");
    }
    return value.doubleValue();
  }

  private boolean flag(String field, boolean fallback) {
    JsonNode value = json.get(field);
    if (value == null || value.isNull()) {
      return fallback;
    }
    if (!value.isBoolean()) {
      throw new InvalidModelException(file + ": field '" + field + "' is not true or false");
    }
    return value.booleanValue();
  }
}
