package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.div_out;
import static org.bytedeco.pytorch.global.torch.index_select_out;
import static org.bytedeco.pytorch.global.torch.linalg_vector_norm_out;
import static org.bytedeco.pytorch.global.torch.mul_out;
import static org.bytedeco.pytorch.global.torch.rms_norm;
import static org.bytedeco.pytorch.global.torch.silu_;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.generation.ProductUpdates.Product;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.jspecify.annotations.Nullable;

/**
 * The forward pass for inference: the same numbers as {@link dev.migaki.lm.model.LlamaForward} up
 * to rounding, in fewer and cheaper operations.
 *
 * <p>Everything is written into {@link PassBuffers}, products are {@link PackedMatrix}, and rotary
 * positions take four operations on queries and keys together. RMSNorm is {@code x·w·√D / √(|x|² +
 * D·ε)}, with {@code w·√D} computed once; {@code √(|x|² + D·ε)} is the hypotenuse of the vector's
 * norm and a constant.
 *
 * <p>{@code N} tokens, {@code D} width, {@code H} heads, {@code d} head size, {@code F}
 * feed-forward width. Not thread-safe.
 */
final class DecoderPass implements AutoCloseable {

  /** Attention over what a cache holds. */
  @FunctionalInterface
  interface CachedAttention {

    /**
     * Stores the new keys and values and attends to all that the token may see.
     *
     * @return {@code [N, H·d]}
     */
    Tensor attend(int layer, PassBuffers buffers);
  }

  private record Block(
      Tensor attentionNorm,
      PackedMatrix queryKeyValue,
      PackedMatrix output,
      Tensor feedForwardNorm,
      PackedMatrix gateUp,
      PackedMatrix down,
      LlamaWeights.Extras extras,
      boolean rotates) {}

  private final ModelConfig config;
  private final List<AutoCloseable> owned = new ArrayList<>();
  private final List<Block> blocks = new ArrayList<>();
  private final Tensor finalNorm;
  private final PackedMatrix head;
  private final Tensor epsilon;
  private final Scalar two = new Scalar(2.0);
  private final long[] lastDimension = {-1};
  private final ScalarTypeOptional sameType = new ScalarTypeOptional();

  DecoderPass(ModelConfig config, LlamaWeights weights) {
    this.config = config;
    for (int i = 0; i < config.layers(); i++) {
      LlamaWeights.Layer layer = weights.layers().get(i);
      blocks.add(
          new Block(
              scaled(layer.attentionNorm()),
              packed(layer.queryKeyValue()),
              packed(layer.output()),
              scaled(layer.feedForwardNorm()),
              packed(layer.gateUp()),
              packed(layer.down()),
              layer.extras(),
              config.variant().rotates(i)));
    }
    this.finalNorm = scaled(weights.norm());
    this.head = packed(weights.head());
    this.epsilon =
        own(DeviceTensors.of((float) Math.sqrt(config.hiddenSize() * config.normEpsilon())));
  }

  private Tensor scaled(Tensor weight) {
    return own(weight.mul(new Scalar(Math.sqrt(config.hiddenSize()))));
  }

  private PackedMatrix packed(Tensor weight) {
    PackedMatrix matrix = PackedMatrix.of(weight);
    owned.add(matrix);
    return matrix;
  }

  private Tensor own(Tensor tensor) {
    tensor.retainReference();
    owned.add(tensor);
    return tensor;
  }

  /**
   * Runs the blocks; the buffers' {@code normed} holds the last layer's normalised states after it.
   *
   * @param buffers whose stream holds the embedded tokens
   * @param rotary tables of at least the largest position
   * @param positions {@code [N]} of the tokens
   */
  void run(
      PassBuffers buffers,
      RotaryTable rotary,
      Tensor positions,
      CachedAttention attention,
      ProductUpdates updates) {
    index_select_out(buffers.cosine, rotary.cosine(), 0, positions);
    index_select_out(buffers.sine, rotary.sine(), 0, positions);
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      normalise(buffers, block.attentionNorm());
      block.queryKeyValue().multiply(buffers.queryKeyValue, buffers.normed);
      addBias(buffers.queryKeyValue, block.extras().queryKeyValueBias());
      updates.addInPlace(i, Product.QUERY_KEY_VALUE, buffers.queryKeyValue, buffers.normed);
      normaliseHeads(buffers, block.extras());
      if (block.rotates()) {
        rotate(buffers);
      }
      Tensor attended = attention.attend(i, buffers);
      block.output().multiply(buffers.added, attended);
      addBias(buffers.added, block.extras().outputBias());
      buffers.stream.add_(buffers.added);
      updates.addInPlace(i, Product.OUTPUT, buffers.stream, attended);
      normalise(buffers, block.feedForwardNorm());
      block.gateUp().multiply(buffers.gateUp, buffers.normed);
      addBias(buffers.gateUp, block.extras().gateUpBias());
      updates.addInPlace(i, Product.GATE_UP, buffers.gateUp, buffers.normed);
      silu_(buffers.gate);
      mul_out(buffers.activated, buffers.gate, buffers.up);
      block.down().multiply(buffers.added, buffers.activated);
      addBias(buffers.added, block.extras().downBias());
      buffers.stream.add_(buffers.added);
      updates.addInPlace(i, Product.DOWN, buffers.stream, buffers.activated);
    }
    normalise(buffers, finalNorm);
  }

  /**
   * Scores of the vocabulary.
   *
   * @param states {@code [n, D]}
   * @param logits {@code [n, V]}, overwritten
   */
  void logits(Tensor logits, Tensor states) {
    head.multiply(logits, states);
  }

  private void normalise(PassBuffers buffers, Tensor weight) {
    linalg_vector_norm_out(buffers.norm, buffers.stream, two, lastDimension, true, sameType);
    buffers.norm.hypot_(epsilon);
    div_out(buffers.normed, buffers.stream, buffers.norm);
    buffers.normed.mul_(weight);
  }

  private static void addBias(Tensor product, @Nullable Tensor bias) {
    if (bias != null) {
      product.add_(bias);
    }
  }

  private void normaliseHeads(PassBuffers buffers, LlamaWeights.Extras extras) {
    normaliseHeads(buffers.queries, extras.queryNorm());
    normaliseHeads(buffers.keys, extras.keyNorm());
  }

  private void normaliseHeads(Tensor heads, @Nullable Tensor weight) {
    if (weight != null) {
      heads.copy_(
          rms_norm(
              heads,
              new long[] {config.headSize()},
              new TensorOptional(weight),
              new DoubleOptional(config.normEpsilon())));
    }
  }

  /** {@code x·cos + exchanged(x)·sin}, where the sines of each head's first half are negative. */
  private void rotate(PassBuffers buffers) {
    buffers.exchangedFirstHalf.copy_(buffers.secondHalf);
    buffers.exchangedSecondHalf.copy_(buffers.firstHalf);
    buffers.rotating.mul_(buffers.cosinePerHead).addcmul_(buffers.exchanged, buffers.sinePerHead);
  }

  @Override
  public void close() {
    for (AutoCloseable resource : owned) {
      try {
        resource.close();
      } catch (Exception e) {
        throw new IllegalStateException("native memory cannot be freed", e);
      }
    }
  }
}
