package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/**
 * The architecture of a Llama-family model, as {@code config.json} of the Hugging Face layout
 * states it.
 *
 * <p>Only what changes the numbers is kept. A value that this engine would compute differently is
 * refused by name, because a model that loads and answers slightly wrong is worse than one that
 * does not load.
 *
 * @param vocabularySize rows of the embedding ({@code V})
 * @param hiddenSize width of the residual stream ({@code D})
 * @param intermediateSize width of the SwiGLU feed-forward layer ({@code F})
 * @param layers number of transformer blocks ({@code L})
 * @param heads query heads ({@code H})
 * @param keyValueHeads key and value heads ({@code K}); {@code H} is a multiple of it
 *     (grouped-query attention, arXiv:2305.13245)
 * @param headSize width of one head ({@code d}), even
 * @param normEpsilon added under the root of RMSNorm
 * @param ropeTheta base of the rotary position frequencies
 * @param maxPositions longest context in tokens, prompt and answer together
 * @param tiedEmbeddings whether the output head is the embedding matrix
 */
public record ModelConfig(
    int vocabularySize,
    int hiddenSize,
    int intermediateSize,
    int layers,
    int heads,
    int keyValueHeads,
    int headSize,
    double normEpsilon,
    double ropeTheta,
    int maxPositions,
    boolean tiedEmbeddings) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FAMILIES = Set.of("llama");

  public ModelConfig {
    requirePositive(vocabularySize, "vocab_size");
    requirePositive(hiddenSize, "hidden_size");
    requirePositive(intermediateSize, "intermediate_size");
    requirePositive(layers, "num_hidden_layers");
    requirePositive(heads, "num_attention_heads");
    requirePositive(keyValueHeads, "num_key_value_heads");
    requirePositive(headSize, "head_dim");
    requirePositive(maxPositions, "max_position_embeddings");
    if (heads % keyValueHeads != 0) {
      throw new InvalidModelException(
          "num_attention_heads ("
              + heads
              + ") is not a multiple of num_key_value_heads ("
              + keyValueHeads
              + ")");
    }
    if (headSize % 2 != 0) {
      throw new InvalidModelException(
          "head_dim (" + headSize + ") is odd; rotary positions need pairs");
    }
  }

  private static void requirePositive(int value, String field) {
    if (value <= 0) {
      throw new InvalidModelException(field + " is " + value + ", must be positive");
    }
  }

  /** Number of trained values. */
  public long parameterCount() {
    long attention = (long) hiddenSize * headSize * (2L * heads + 2L * keyValueHeads);
    long feedForward = 3L * hiddenSize * intermediateSize;
    long embedding = (long) vocabularySize * hiddenSize * (tiedEmbeddings ? 1 : 2);
    return layers * (attention + feedForward + 2L * hiddenSize) + hiddenSize + embedding;
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws InvalidModelException when the file is missing, is no JSON, or describes an
   *     architecture that this engine would compute wrongly
   */
  public static ModelConfig read(Path file) {
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidModelException(
          "Cannot read the model configuration " + file + ": " + e.getMessage(), e);
    }
    refuseUnsupported(json, file);
    int hiddenSize = integer(json, "hidden_size", file);
    int heads = integer(json, "num_attention_heads", file);
    return new ModelConfig(
        integer(json, "vocab_size", file),
        hiddenSize,
        integer(json, "intermediate_size", file),
        integer(json, "num_hidden_layers", file),
        heads,
        json.path("num_key_value_heads").asInt(heads),
        json.path("head_dim").asInt(hiddenSize / heads),
        json.path("rms_norm_eps").asDouble(1e-6),
        json.path("rope_theta").asDouble(10_000.0),
        json.path("max_position_embeddings").asInt(2048),
        json.path("tie_word_embeddings").asBoolean(false));
  }

  private static void refuseUnsupported(JsonNode json, Path file) {
    String family = json.path("model_type").asText("llama");
    if (!FAMILIES.contains(family)) {
      throw new InvalidModelException(
          file + ": model_type '" + family + "' is not supported; supported: " + FAMILIES);
    }
    if (json.path("attention_bias").asBoolean(false) || json.path("mlp_bias").asBoolean(false)) {
      throw new InvalidModelException(file + ": attention_bias and mlp_bias are not supported");
    }
    if (json.hasNonNull("rope_scaling")) {
      throw new InvalidModelException(file + ": rope_scaling is not supported");
    }
    String activation = json.path("hidden_act").asText("silu");
    if (!activation.equals("silu")) {
      throw new InvalidModelException(
          file + ": hidden_act '" + activation + "' is not supported; supported: silu");
    }
  }

  private static int integer(JsonNode json, String field, Path file) {
    JsonNode value = json.get(field);
    if (value == null || !value.canConvertToInt()) {
      throw new InvalidModelException(
          file + ": field '" + field + "' is missing or not an integer");
    }
    return value.intValue();
  }

  /**
   * The same configuration as {@code config.json} text that transformers loads as {@code
   * LlamaForCausalLM}.
   */
  public String toJson() {
    ObjectNode json = JSON.createObjectNode();
    json.putArray("architectures").add("LlamaForCausalLM");
    json.put("model_type", "llama");
    json.put("vocab_size", vocabularySize);
    json.put("hidden_size", hiddenSize);
    json.put("intermediate_size", intermediateSize);
    json.put("num_hidden_layers", layers);
    json.put("num_attention_heads", heads);
    json.put("num_key_value_heads", keyValueHeads);
    json.put("head_dim", headSize);
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", normEpsilon);
    json.put("rope_theta", ropeTheta);
    json.put("max_position_embeddings", maxPositions);
    json.put("tie_word_embeddings", tiedEmbeddings);
    json.put("attention_bias", false);
    json.put("mlp_bias", false);
    json.put("torch_dtype", "float32");
    return json.toPrettyString() + "\n";
  }
}
