package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.checkpoint.ElementType;
import java.util.List;

/** Writes a {@link ModelConfig} as the {@code config.json} that transformers reads. */
final class ConfigWriter {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ConfigWriter() {}

  static String json(ModelConfig config, ElementType type) {
    ModelConfig.Variant variant = config.variant();
    ObjectNode json = JSON.createObjectNode();
    json.putArray("architectures").add(variant.family().architecture());
    json.put("model_type", variant.family().modelType());
    json.put("vocab_size", config.vocabularySize());
    json.put("hidden_size", config.hiddenSize());
    json.put("intermediate_size", config.intermediateSize());
    json.put("num_hidden_layers", config.layers());
    json.put("num_attention_heads", config.heads());
    json.put("num_key_value_heads", config.keyValueHeads());
    json.put("head_dim", config.headSize());
    json.put("hidden_act", "silu");
    json.put("rms_norm_eps", config.normEpsilon());
    json.put("rope_theta", config.ropeTheta());
    json.put("max_position_embeddings", config.maxPositions());
    json.put("tie_word_embeddings", config.tiedEmbeddings());
    switch (variant.family()) {
      case LLAMA ->
          json.put("attention_bias", variant.queryKeyValueBias())
              .put("mlp_bias", variant.feedForwardBias());
      case MISTRAL -> json.putNull("sliding_window");
      case QWEN2 -> json.put("use_sliding_window", false);
      case QWEN3 ->
          json.put("attention_bias", variant.queryKeyValueBias()).put("use_sliding_window", false);
      case SMOLLM3 -> {
        json.put("attention_bias", variant.queryKeyValueBias())
            .put("mlp_bias", variant.feedForwardBias())
            .put("use_sliding_window", false);
        ArrayNode rotating = json.putArray("no_rope_layers");
        for (int layer = 0; layer < config.layers(); layer++) {
          rotating.add(variant.rotates(layer) ? 1 : 0);
        }
      }
    }
    scaling(variant.ropeScaling(), json);
    tokenIds(config, json);
    // transformers 5 writes "dtype" and reads both, older ones read this one only
    json.put("torch_dtype", dtype(type));
    return json.toPrettyString() + "\n";
  }

  private static void tokenIds(ModelConfig config, ObjectNode json) {
    for (String field : ModelConfig.TOKEN_ID_FIELDS) {
      List<Integer> ids = config.tokenIds().get(field);
      if (ids == null) {
        continue;
      }
      if (ids.isEmpty()) {
        json.putNull(field);
      } else if (ids.size() == 1) {
        json.put(field, ids.get(0));
      } else {
        ids.forEach(json.putArray(field)::add);
      }
    }
  }

  private static String dtype(ElementType type) {
    return switch (type) {
      case F64 -> "float64";
      case F32 -> "float32";
      case F16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }

  private static void scaling(RopeScaling scaling, ObjectNode json) {
    if (scaling instanceof RopeScaling.None) {
      return;
    }
    ObjectNode node = json.putObject("rope_scaling").put("rope_type", scaling.type());
    if (scaling instanceof RopeScaling.Linear linear) {
      node.put("factor", linear.factor());
    } else if (scaling instanceof RopeScaling.Llama3 llama) {
      node.put("factor", llama.factor())
          .put("low_freq_factor", llama.lowFrequencyFactor())
          .put("high_freq_factor", llama.highFrequencyFactor())
          .put("original_max_position_embeddings", llama.originalPositions());
    } else if (scaling instanceof RopeScaling.Yarn yarn) {
      node.put("factor", yarn.factor())
          .put("original_max_position_embeddings", yarn.originalPositions())
          .put("beta_fast", yarn.betaFast())
          .put("beta_slow", yarn.betaSlow())
          .put("truncate", yarn.truncate())
          .put("attention_factor", yarn.attentionScale());
    }
  }
}
