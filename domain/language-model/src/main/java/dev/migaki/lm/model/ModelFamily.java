package dev.migaki.lm.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The published families that this engine computes, with the values that their configuration
 * classes in transformers use for fields which {@code config.json} leaves out.
 */
public enum ModelFamily {
  /** Llama 2 and 3.x, TinyLlama, SmolLM and SmolLM2. */
  LLAMA("llama", "LlamaForCausalLM", 2048, 10_000.0, false),
  /** Mistral 7B and its like; one window for all layers. */
  MISTRAL("mistral", "MistralForCausalLM", 131_072, 10_000.0, false),
  /** Qwen2 and Qwen2.5: biases on query, key and value. */
  QWEN2("qwen2", "Qwen2ForCausalLM", 32_768, 10_000.0, false),
  /** Qwen3: RMSNorm on each query and key head. */
  QWEN3("qwen3", "Qwen3ForCausalLM", 32_768, 10_000.0, false),
  /** SmolLM3: some layers have no rotary positions. */
  SMOLLM3("smollm3", "SmolLM3ForCausalLM", 32_768, 2_000_000.0, true);

  private final String modelType;
  private final String architecture;
  private final int defaultPositions;
  private final double defaultRopeTheta;
  private final boolean defaultTied;

  ModelFamily(
      String modelType,
      String architecture,
      int defaultPositions,
      double defaultRopeTheta,
      boolean defaultTied) {
    this.modelType = modelType;
    this.architecture = architecture;
    this.defaultPositions = defaultPositions;
    this.defaultRopeTheta = defaultRopeTheta;
    this.defaultTied = defaultTied;
  }

  /** {@code model_type} of {@code config.json}. */
  public String modelType() {
    return modelType;
  }

  /** The class that transformers loads it with. */
  public String architecture() {
    return architecture;
  }

  int defaultPositions() {
    return defaultPositions;
  }

  double defaultRopeTheta() {
    return defaultRopeTheta;
  }

  boolean defaultTied() {
    return defaultTied;
  }

  static Optional<ModelFamily> ofModelType(String modelType) {
    return Arrays.stream(values()).filter(family -> family.modelType.equals(modelType)).findFirst();
  }

  static List<String> modelTypes() {
    return Arrays.stream(values()).map(ModelFamily::modelType).toList();
  }
}
