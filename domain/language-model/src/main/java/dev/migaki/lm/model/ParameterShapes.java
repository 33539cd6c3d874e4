package dev.migaki.lm.model;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names and shapes of a model's parameters in the Hugging Face layout. */
public final class ParameterShapes {

  private static final String ATTENTION = "self_attn.";

  private ParameterShapes() {}

  /**
   * All parameters, ordered as the engine lays them out: matrices first (weight decay is then a
   * prefix), and parameters that are used stacked side by side.
   */
  public static Map<String, long[]> of(ModelConfig config) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    long[] embedding = {config.vocabularySize(), config.hiddenSize()};
    shapes.put("model.embed_tokens.weight", embedding);
    if (!config.tiedEmbeddings()) {
      shapes.put("lm_head.weight", embedding.clone());
    }
    for (int i = 0; i < config.layers(); i++) {
      matrices("model.layers." + i + ".", config, shapes);
    }
    for (int i = 0; i < config.layers(); i++) {
      vectors("model.layers." + i + ".", config, shapes);
    }
    shapes.put("model.norm.weight", new long[] {config.hiddenSize()});
    return shapes;
  }

  private static void matrices(String prefix, ModelConfig config, Map<String, long[]> shapes) {
    long width = config.hiddenSize();
    long queryRows = (long) config.heads() * config.headSize();
    long keyRows = (long) config.keyValueHeads() * config.headSize();
    long inner = config.intermediateSize();
    shapes.put(prefix + ATTENTION + "q_proj.weight", new long[] {queryRows, width});
    shapes.put(prefix + ATTENTION + "k_proj.weight", new long[] {keyRows, width});
    shapes.put(prefix + ATTENTION + "v_proj.weight", new long[] {keyRows, width});
    shapes.put(prefix + ATTENTION + "o_proj.weight", new long[] {width, queryRows});
    shapes.put(prefix + "mlp.gate_proj.weight", new long[] {inner, width});
    shapes.put(prefix + "mlp.up_proj.weight", new long[] {inner, width});
    shapes.put(prefix + "mlp.down_proj.weight", new long[] {width, inner});
  }

  private static void vectors(String prefix, ModelConfig config, Map<String, long[]> shapes) {
    ModelConfig.Variant variant = config.variant();
    long width = config.hiddenSize();
    long queryRows = (long) config.heads() * config.headSize();
    long keyRows = (long) config.keyValueHeads() * config.headSize();
    shapes.put(prefix + "input_layernorm.weight", new long[] {width});
    shapes.put(prefix + "post_attention_layernorm.weight", new long[] {width});
    if (variant.queryKeyValueBias()) {
      shapes.put(prefix + ATTENTION + "q_proj.bias", new long[] {queryRows});
      shapes.put(prefix + ATTENTION + "k_proj.bias", new long[] {keyRows});
      shapes.put(prefix + ATTENTION + "v_proj.bias", new long[] {keyRows});
    }
    if (variant.outputBias()) {
      shapes.put(prefix + ATTENTION + "o_proj.bias", new long[] {width});
    }
    if (variant.queryKeyNorm()) {
      shapes.put(prefix + ATTENTION + "q_norm.weight", new long[] {config.headSize()});
      shapes.put(prefix + ATTENTION + "k_norm.weight", new long[] {config.headSize()});
    }
    if (variant.feedForwardBias()) {
      shapes.put(prefix + "mlp.gate_proj.bias", new long[] {config.intermediateSize()});
      shapes.put(prefix + "mlp.up_proj.bias", new long[] {config.intermediateSize()});
      shapes.put(prefix + "mlp.down_proj.bias", new long[] {width});
    }
  }
}
