package dev.migaki.lm.model;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.ElementType;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
 * @param tokenIds what {@code bos_token_id}, {@code eos_token_id} and {@code pad_token_id} name,
 *     without effect on the numbers; no entry when the field is absent (transformers then assumes
 *     the family's), an empty list when it is null
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
    Variant variant,
    Map<String, List<Integer>> tokenIds) {

  /** Fields that name token ids. */
  static final List<String> TOKEN_ID_FIELDS =
      List.of("bos_token_id", "eos_token_id", "pad_token_id");

  /** Far above every published model, so that sums of products stay far below 2⁶³. */
  private static final int MAX_LAYERS = 4096;

  private static final int MAX_WIDTH = 1 << 22;
  private static final int MAX_VOCABULARY = 1 << 26;
  private static final int MAX_POSITIONS = 1 << 26;

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
    requireWithin(vocabularySize, MAX_VOCABULARY, "vocab_size");
    requireWithin(hiddenSize, MAX_WIDTH, "hidden_size");
    requireWithin(intermediateSize, MAX_WIDTH, "intermediate_size");
    requireWithin(layers, MAX_LAYERS, "num_hidden_layers");
    requireWithin(heads, MAX_WIDTH, "num_attention_heads");
    requireWithin(keyValueHeads, MAX_WIDTH, "num_key_value_heads");
    requireWithin(headSize, MAX_WIDTH, "head_dim");
    requireWithin(maxPositions, MAX_POSITIONS, "max_position_embeddings");
    if (!(normEpsilon >= 0 && normEpsilon < 1)) {
      throw new InvalidModelException(
          "rms_norm_eps is " + normEpsilon + ", must be 0 or a small positive number");
    }
    tokenIds = Map.copyOf(tokenIds);
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
        Variant.llama(),
        Map.of());
  }

  private static void requireWithin(int value, int most, String field) {
    if (value <= 0 || value > most) {
      throw new InvalidModelException(field + " is " + value + ", must be from 1 to " + most);
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

  /** The same configuration as {@code config.json} text that transformers loads, in F32. */
  public String toJson() {
    return toJson(ElementType.F32);
  }

  /**
   * The same with another type.
   *
   * @param type of the weights beside it
   */
  public String toJson(ElementType type) {
    return ConfigWriter.json(this, type);
  }
}
