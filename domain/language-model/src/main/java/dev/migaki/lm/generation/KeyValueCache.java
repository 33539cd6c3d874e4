package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.scaled_dot_product_attention;
import static org.bytedeco.pytorch.global.torch.zeros;

import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Keys and values of the tokens so far, so that a new token costs one row instead of a whole
 * forward pass.
 *
 * <p>{@code B} batch, {@code C} capacity, {@code K} key/value heads, {@code d} head size. Rows of
 * different length are padded on the left; the mask hides the padding.
 */
final class KeyValueCache implements Attention, AutoCloseable {

  private final List<Tensor> keys = new ArrayList<>();
  private final List<Tensor> values = new ArrayList<>();
  private long length;
  private Tensor mask;

  /**
   * @param capacity most tokens, prompt and answer
   */
  KeyValueCache(ModelConfig config, long batch, long capacity) {
    long[] shape = {batch, config.keyValueHeads(), capacity, config.headSize()};
    for (int i = 0; i < config.layers(); i++) {
      keys.add(zeros(shape, new TensorOptions(ScalarType.Float)));
      values.add(zeros(shape, new TensorOptions(ScalarType.Float)));
    }
    mask = empty(0);
  }

  /** Tokens stored. */
  long length() {
    return length;
  }

  /**
   * Sets the mask of the next forward pass.
   *
   * @param additive {@code [B, 1, T, length + T]}: 0 where a token may look, a large negative value
   *     where not
   */
  void mask(Tensor additive) {
    mask = additive;
  }

  /** Counts the tokens of the forward pass that has just ended. */
  void advance(long tokens) {
    length += tokens;
  }

  /** Keeps only some rows of the batch. */
  void keepRowsInPlace(Tensor rows) {
    for (int i = 0; i < keys.size(); i++) {
      keys.set(i, replace(keys.get(i), rows));
      values.set(i, replace(values.get(i), rows));
    }
  }

  private static Tensor replace(Tensor old, Tensor rows) {
    Tensor kept = old.index_select(0, rows);
    kept.retainReference();
    old.close();
    return kept;
  }

  @Override
  public Tensor attend(int layer, Tensor queries, Tensor newKeys, Tensor newValues) {
    long added = queries.size(1);
    keys.get(layer).narrow(2, length, added).copy_(newKeys.transpose(1, 2));
    values.get(layer).narrow(2, length, added).copy_(newValues.transpose(1, 2));
    Tensor attended =
        scaled_dot_product_attention(
            queries.transpose(1, 2),
            keys.get(layer).narrow(2, 0, length + added),
            values.get(layer).narrow(2, 0, length + added),
            new TensorOptional(mask),
            0.0,
            false,
            new DoubleOptional(),
            queries.size(2) != newKeys.size(2));
    return attended
        .transpose(1, 2)
        .reshape(queries.size(0), added, queries.size(2) * queries.size(3));
  }

  @Override
  public void close() {
    keys.forEach(Tensor::close);
    values.forEach(Tensor::close);
  }
}
