package dev.migaki.lm.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The tensors that a forward pass reads. Shapes: {@code V} vocabulary, {@code D} width, {@code F}
 * feed-forward, {@code H/K} query and key heads, {@code d} head size.
 *
 * <p>Query, key and value matrices are stacked into one, and so are gate and up: one larger product
 * is faster than three small ones. Files keep the separate Hugging Face names, see {@link
 * ParameterShapes}.
 *
 * @param embedding {@code [V, D]}
 * @param layers the blocks, first to last
 * @param norm {@code [D]}
 * @param head {@code [V, D]}; the embedding itself when tied
 */
public record LlamaWeights(Tensor embedding, List<Layer> layers, Tensor norm, Tensor head) {

  public LlamaWeights {
    layers = List.copyOf(layers);
  }

  /**
   * One transformer block.
   *
   * @param attentionNorm {@code [D]}
   * @param queryKeyValue {@code [(H + 2K)·d, D]}
   * @param output {@code [D, H·d]}
   * @param feedForwardNorm {@code [D]}
   * @param gateUp {@code [2F, D]}
   * @param down {@code [D, F]}
   * @param extras what only some families have
   */
  public record Layer(
      Tensor attentionNorm,
      Tensor queryKeyValue,
      Tensor output,
      Tensor feedForwardNorm,
      Tensor gateUp,
      Tensor down,
      Extras extras) {}

  /**
   * Biases of a block's products and norms of its heads, each absent in most families.
   *
   * @param queryKeyValueBias {@code [(H + 2K)·d]}
   * @param outputBias {@code [D]}
   * @param gateUpBias {@code [2F]}
   * @param downBias {@code [D]}
   * @param queryNorm {@code [d]}
   * @param keyNorm {@code [d]}
   */
  public record Extras(
      @Nullable Tensor queryKeyValueBias,
      @Nullable Tensor outputBias,
      @Nullable Tensor gateUpBias,
      @Nullable Tensor downBias,
      @Nullable Tensor queryNorm,
      @Nullable Tensor keyNorm) {

    /** Biases take part in the products; norms are computed in full precision. */
    Extras withBiasesAs(ScalarType type) {
      return new Extras(
          as(queryKeyValueBias, type),
          as(outputBias, type),
          as(gateUpBias, type),
          as(downBias, type),
          queryNorm,
          keyNorm);
    }

    private static @Nullable Tensor as(@Nullable Tensor tensor, ScalarType type) {
      return tensor == null ? null : tensor.to(type);
    }
  }

  /** Names and shapes of all parameters in the layout that {@link #leaves} expects. */
  public static Map<String, long[]> shapes(ModelConfig config) {
    return ParameterShapes.of(config);
  }

  /** Trainable views of a block that was laid out by {@link #shapes}. */
  public static LlamaWeights leaves(ModelConfig config, ParameterBlock block) {
    return of(config, block::leaf);
  }

  /** Views without gradients of a block that was laid out by {@link #shapes}. */
  public static LlamaWeights frozen(ModelConfig config, ParameterBlock block) {
    return of(config, block::view);
  }

  @FunctionalInterface
  private interface Views {
    Tensor of(String... names);
  }

  private static LlamaWeights of(ModelConfig config, Views views) {
    List<Layer> layers = new ArrayList<>();
    for (int i = 0; i < config.layers(); i++) {
      String prefix = "model.layers." + i + ".";
      layers.add(
          new Layer(
              views.of(prefix + "input_layernorm.weight"),
              views.of(
                  prefix + "self_attn.q_proj.weight",
                  prefix + "self_attn.k_proj.weight",
                  prefix + "self_attn.v_proj.weight"),
              views.of(prefix + "self_attn.o_proj.weight"),
              views.of(prefix + "post_attention_layernorm.weight"),
              views.of(prefix + "mlp.gate_proj.weight", prefix + "mlp.up_proj.weight"),
              views.of(prefix + "mlp.down_proj.weight"),
              extras(prefix, config.variant(), views)));
    }
    Tensor embedding = views.of("model.embed_tokens.weight");
    Tensor head = config.tiedEmbeddings() ? embedding : views.of("lm_head.weight");
    return new LlamaWeights(embedding, layers, views.of("model.norm.weight"), head);
  }

  private static Extras extras(String prefix, ModelConfig.Variant variant, Views views) {
    boolean feedForward = variant.feedForwardBias();
    return new Extras(
        variant.queryKeyValueBias()
            ? views.of(
                prefix + "self_attn.q_proj.bias",
                prefix + "self_attn.k_proj.bias",
                prefix + "self_attn.v_proj.bias")
            : null,
        variant.outputBias() ? views.of(prefix + "self_attn.o_proj.bias") : null,
        feedForward ? views.of(prefix + "mlp.gate_proj.bias", prefix + "mlp.up_proj.bias") : null,
        feedForward ? views.of(prefix + "mlp.down_proj.bias") : null,
        variant.queryKeyNorm() ? views.of(prefix + "self_attn.q_norm.weight") : null,
        variant.queryKeyNorm() ? views.of(prefix + "self_attn.k_norm.weight") : null);
  }

  /** The same weights with another embedding and head. */
  public LlamaWeights withEmbedding(Tensor newEmbedding, Tensor newHead) {
    return new LlamaWeights(newEmbedding, layers, norm, newHead);
  }

  /**
   * The same weights with the block matrices and biases in {@code type}. Embedding, head and norms
   * stay as they are: the embedding is only looked up, the head is converted where the loss is
   * computed, and norms are computed in full precision.
   */
  public LlamaWeights withMatricesAs(ScalarType type) {
    List<Layer> converted = new ArrayList<>();
    for (Layer layer : layers) {
      converted.add(
          new Layer(
              layer.attentionNorm(),
              layer.queryKeyValue().to(type),
              layer.output().to(type),
              layer.feedForwardNorm(),
              layer.gateUp().to(type),
              layer.down().to(type),
              layer.extras().withBiasesAs(type)));
    }
    return new LlamaWeights(embedding, converted, norm, head);
  }
}
