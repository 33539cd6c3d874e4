package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.cat;
import static org.bytedeco.pytorch.global.torch.embedding;
import static org.bytedeco.pytorch.global.torch.linear;
import static org.bytedeco.pytorch.global.torch.rms_norm;
import static org.bytedeco.pytorch.global.torch.silu;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass of Llama and its relatives (arXiv:2302.13971; numerics after transformers'
 * {@code modeling_llama.py}, {@code _mistral}, {@code _qwen2}, {@code _qwen3}, {@code _smollm3}):
 * pre-norm blocks of grouped-query attention and SwiGLU on a residual stream in full precision.
 *
 * <p>{@code B} batch, {@code T} tokens, {@code D} width, {@code F} feed-forward width, {@code H/K}
 * heads, {@code d} head size, {@code V} vocabulary.
 */
public final class LlamaForward {

  private final ModelConfig config;
  private final ScalarType computeType;

  /**
   * @param computeType element type of the matrix products; must be that of the weights' matrices
   */
  public LlamaForward(ModelConfig config, ScalarType computeType) {
    this.config = config;
    this.computeType = computeType;
  }

  /**
   * The last layer's normalised states; multiply with the head for logits.
   *
   * @param tokens {@code [B·T]} token ids, row by row
   * @param positions tables whose element type is the compute type
   * @param adapter LoRA matrices in the compute type, or none
   * @return {@code [B·T, D]} in full precision
   */
  public Tensor hidden(
      LlamaWeights weights,
      @Nullable LoraWeights adapter,
      Tensor tokens,
      long batch,
      long length,
      RotaryPositions positions,
      Attention attention) {
    return hidden(weights, adapter, tokens, batch, length, positions, attention, null);
  }

  /**
   * The same at some positions only. Behind the last block's attention the other positions are of
   * no use, so they take no part in its feed-forward layer.
   *
   * @param rows {@code [N]} indices into {@code B·T}, or null for all
   * @return {@code [N, D]} in full precision
   */
  public Tensor hidden(
      LlamaWeights weights,
      @Nullable LoraWeights adapter,
      Tensor tokens,
      long batch,
      long length,
      RotaryPositions positions,
      Attention attention,
      @Nullable Tensor rows) {
    Pass pass = new Pass(weights, adapter, batch, length, positions, attention, rows);
    Tensor stream = embedding(weights.embedding(), tokens, -1, false, false);
    for (int i = 0; i < config.layers(); i++) {
      stream = block(pass, i, stream);
    }
    return rms_norm(
        stream,
        new long[] {config.hiddenSize()},
        new TensorOptional(weights.norm()),
        new DoubleOptional(config.normEpsilon()));
  }

  private record Pass(
      LlamaWeights weights,
      @Nullable LoraWeights adapter,
      long batch,
      long length,
      RotaryPositions positions,
      Attention attention,
      @Nullable Tensor rows) {}

  /**
   * The residual stream behind one block. What came up on the way is let go at its end, so that
   * only what back-propagation needs stays in memory: half of a step otherwise.
   */
  private Tensor block(Pass pass, int index, Tensor entering) {
    PointerScope outer = PointerScope.getInnerScope();
    try (PointerScope inner = new PointerScope()) {
      LlamaWeights.Layer layer = pass.weights().layers().get(index);
      LoraWeights.@Nullable Layer lora =
          pass.adapter() == null ? null : pass.adapter().layers().get(index);
      Tensor stream = entering;
      Tensor attended =
          attended(pass, index, layer, lora, normalised(stream, layer.attentionNorm()));
      if (pass.rows() != null && index == config.layers() - 1) {
        attended = attended.index_select(0, pass.rows());
        stream = stream.index_select(0, pass.rows());
      }
      stream = stream.add(attentionOutput(layer, lora, attended));
      stream = stream.add(feedForward(layer, lora, normalised(stream, layer.feedForwardNorm())));
      if (outer == null) {
        stream.retainReference();
      } else {
        outer.attach(stream);
      }
      return stream;
    }
  }

  private Tensor normalised(Tensor stream, Tensor weight) {
    return rms_norm(
            stream,
            new long[] {config.hiddenSize()},
            new TensorOptional(weight),
            new DoubleOptional(config.normEpsilon()))
        .to(computeType);
  }

  private Tensor attended(
      Pass pass,
      int index,
      LlamaWeights.Layer layer,
      LoraWeights.@Nullable Layer lora,
      Tensor input) {
    long batch = pass.batch();
    long length = pass.length();
    Tensor projected = product(input, layer.queryKeyValue(), layer.extras().queryKeyValueBias());
    if (lora != null) {
      projected = lora.queryKeyValue().addTo(projected, input);
    }
    Tensor heads =
        projected.view(
            batch, length, config.heads() + 2L * config.keyValueHeads(), config.headSize());
    // split, not narrow: its gradient is one concatenation, that of narrow a sum of padded tensors
    TensorVector parts =
        heads.split_with_sizes(
            new long[] {(long) config.heads() + config.keyValueHeads(), config.keyValueHeads()}, 2);
    Tensor queriesAndKeys = queriesAndKeys(parts.get(0), layer.extras());
    TensorVector placed =
        (config.variant().rotates(index) ? pass.positions().rotate(queriesAndKeys) : queriesAndKeys)
            .split_with_sizes(new long[] {config.heads(), config.keyValueHeads()}, 2);
    return pass.attention()
        .attend(index, placed.get(0), placed.get(1), parts.get(1))
        .view(batch * length, (long) config.heads() * config.headSize());
  }

  private static Tensor attentionOutput(
      LlamaWeights.Layer layer, LoraWeights.@Nullable Layer lora, Tensor attended) {
    Tensor output = product(attended, layer.output(), layer.extras().outputBias());
    return lora == null ? output : lora.output().addTo(output, attended);
  }

  private static Tensor product(Tensor input, Tensor weight, @Nullable Tensor bias) {
    return bias == null ? linear(input, weight) : linear(input, weight, new TensorOptional(bias));
  }

  /**
   * The heads that carry positions, after Qwen3's norms where the family has them.
   *
   * @param heads {@code [B, T, H + K, d]}
   * @return the same shape
   */
  private Tensor queriesAndKeys(Tensor heads, LlamaWeights.Extras extras) {
    Tensor queryNorm = extras.queryNorm();
    Tensor keyNorm = extras.keyNorm();
    if (queryNorm == null || keyNorm == null) {
      return heads;
    }
    return cat(
        new TensorVector(
            normalisedHeads(heads.narrow(2, 0, config.heads()), queryNorm),
            normalisedHeads(heads.narrow(2, config.heads(), config.keyValueHeads()), keyNorm)),
        2);
  }

  private Tensor normalisedHeads(Tensor heads, Tensor weight) {
    return rms_norm(
            heads.to(weight.scalar_type()),
            new long[] {config.headSize()},
            new TensorOptional(weight),
            new DoubleOptional(config.normEpsilon()))
        .to(computeType);
  }

  private Tensor feedForward(
      LlamaWeights.Layer layer, LoraWeights.@Nullable Layer lora, Tensor input) {
    Tensor gateUp = product(input, layer.gateUp(), layer.extras().gateUpBias());
    if (lora != null) {
      gateUp = lora.gateUp().addTo(gateUp, input);
    }
    TensorVector parts = gateUp.split(config.intermediateSize(), 1);
    Tensor activated = silu(parts.get(0)).mul(parts.get(1));
    Tensor output = product(activated, layer.down(), layer.extras().downBias());
    return lora == null ? output : lora.down().addTo(output, activated);
  }
}
