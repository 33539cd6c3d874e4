package dev.migaki.lm.model;

import dev.migaki.lm.InvalidModelException;
import java.nio.file.Path;
import java.util.Arrays;
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
 * @param maxPositions longest context in tokens, prompt and answer together. Not longer than a
 *     sliding window: up to its length windowed and full attention are the same
 * @param tiedEmbeddings whether the output head is the embedding matrix
 * @param variant what tells the families apart
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
    boolean tiedEmbeddings,
    Variant variant) {

  /**
   * What tells the families apart.
   *
   * @param family the published family
   * @param ropeScaling how rotary frequencies are stretched
   * @param queryKeyValueBias whether the query, key and value products have a bias
   * @param outputBias whether the attention's output product has a bias
   * @param feedForwardBias whether gate, up and down have a bias
   * @param queryKeyNorm whether each query and key head passes an RMSNorm before its rotation
   * @param layersWithoutRotation blocks whose queries and keys carry no position
   */
  public record Variant(
      ModelFamily family,
      RopeScaling ropeScaling,
      boolean queryKeyValueBias,
      boolean outputBias,
      boolean feedForwardBias,
      boolean queryKeyNorm,
      Set<Integer> layersWithoutRotation) {

    public Variant {
      layersWithoutRotation = Set.copyOf(layersWithoutRotation);
    }

    /** Llama without biases. */
    public static Variant llama() {
      return new Variant(
          ModelFamily.LLAMA, new RopeScaling.None(), false, false, false, false, Set.of());
    }

    /** Whether a block rotates its queries and keys. */
    public boolean rotates(int layer) {
      return !layersWithoutRotation.contains(layer);
    }
  }

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

  /** A Llama without biases and scaling. */
  public ModelConfig(
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
    this(
        vocabularySize,
        hiddenSize,
        intermediateSize,
        layers,
        heads,
        keyValueHeads,
        headSize,
        normEpsilon,
        ropeTheta,
        maxPositions,
        tiedEmbeddings,
        Variant.llama());
  }

  private static void requirePositive(int value, String field) {
    if (value <= 0) {
      throw new InvalidModelException(field + " is " + value + ", must be positive");
    }
  }

  /** Number of trained values. */
  public long parameterCount() {
    return ParameterShapes.of(this).values().stream()
        .mapToLong(shape -> Arrays.stream(shape).reduce(1, Math::multiplyExact))
        .sum();
  }

  /**
   * Reads {@code config.json}.
   *
   * @throws InvalidModelException when the file is missing, is no JSON, or describes an
   *     architecture that this engine would compute wrongly; the message names the field
   */
  public static ModelConfig read(Path file) {
    return ConfigReader.read(file);
  }

  /** The same configuration as {@code config.json} text that transformers loads. */
  public String toJson() {
    return ConfigWriter.json(this);
  }
}
