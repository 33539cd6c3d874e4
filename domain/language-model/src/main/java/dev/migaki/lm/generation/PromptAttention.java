package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.bmm;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.ModelConfig;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Causal attention of a stretch of one row's prompt over all of the row before it.
 *
 * <p>{@code T} tokens of the stretch, {@code P} tokens before it, {@code H/K} query and key heads,
 * {@code G = H/K}, {@code d} head size.
 */
final class PromptAttention implements DecoderPass.CachedAttention {

  private static final float HIDDEN = -1e30f;

  private final ModelConfig config;
  private final RowCache cache;
  private final int row;
  private final int past;
  private final int length;
  private final Tensor mask;
  private final Scalar scale;

  PromptAttention(ModelConfig config, RowCache cache, int row, int past, int length) {
    this.config = config;
    this.cache = cache;
    this.row = row;
    this.past = past;
    this.length = length;
    this.scale = new Scalar(1 / Math.sqrt(config.headSize()));
    this.mask = DeviceTensors.filled(HIDDEN, length, (long) past + length).triu(past + 1L);
  }

  @Override
  public Tensor attend(int layer, PassBuffers buffers) {
    long heads = config.keyValueHeads();
    long groups = config.heads() / heads;
    long size = config.headSize();
    long total = (long) past + length;
    Tensor keys = cache.keys(layer).select(0, row).narrow(1, 0, total);
    Tensor values = cache.values(layer).select(0, row).narrow(0, 0, total);
    keys.narrow(1, past, length).copy_(buffers.keys.view(length, heads * size).t());
    values.narrow(0, past, length).copy_(buffers.values);
    Tensor queries =
        buffers
            .queries
            .mul(scale)
            .view(length, heads, groups, size)
            .permute(1, 2, 0, 3)
            .reshape(heads, groups * length, size);
    Tensor scores = bmm(queries, keys.view(heads, size, total));
    scores.view(heads, groups, length, total).add_(mask);
    return bmm(softmax(scores, -1), values.view(total, heads, size).transpose(0, 1))
        .view(heads, groups, length, size)
        .permute(2, 0, 1, 3)
        .reshape(length, heads * groups * size);
  }
}
