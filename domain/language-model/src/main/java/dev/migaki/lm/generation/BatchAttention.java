package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.add_out;
import static org.bytedeco.pytorch.global.torch.embedding_bag;
import static org.bytedeco.pytorch.global.torch.mul_out;
import static org.bytedeco.pytorch.global.torch.softmax;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.device.HostWritten;
import dev.migaki.lm.model.ModelConfig;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;

/**
 * Attention of one new token in each of the first {@code B} rows of a cache.
 *
 * <p>Both halves of attention are weighted sums of rows of a table: a query's scores are the sum of
 * its {@code d} numbers times the {@code d} rows of transposed keys, its result the sum of {@code
 * C} probabilities times the rows of values. The kernel behind {@code embedding_bag} does just this
 * without copying anything; the fused attention kernel, made for long sequences, spends most of its
 * time preparing a product of one row (3 times slower, measured).
 *
 * <p>{@code C} capacity of the cache, {@code H/K} query and key heads, {@code d} head size. Made
 * anew when batch size or capacity change, within a scope that frees what is needed only for that.
 */
final class BatchAttention implements DecoderPass.CachedAttention, AutoCloseable {

  private static final float HIDDEN = -1e30f;

  private final List<Tensor> owned = new ArrayList<>();
  private final ModelConfig config;
  private final RowCache cache;
  private final int batch;
  private final int capacity;
  private final int rows;
  private final Tensor keyRows;
  private final Tensor keyOffsets;
  private final Tensor valueRows;
  private final Tensor valueOffsets;
  private final Tensor keyCells;
  private final Tensor valueCells;
  private final Tensor firstKeyCells;
  private final Tensor firstValueCells;
  private final HostWritten mask;
  private final FloatBuffer maskValues;
  private final Tensor scaledQueries;
  private final Tensor flatQueries;
  private final TensorOptional queryWeights;
  private final Scalar scale;

  BatchAttention(ModelConfig config, RowCache cache, int batch) {
    this.config = config;
    this.cache = cache;
    this.batch = batch;
    this.capacity = cache.capacity();
    this.rows = cache.rows();
    int heads = config.heads();
    int size = config.headSize();
    int keyHeads = config.keyValueHeads();
    scale = new Scalar(1 / Math.sqrt(size));
    scale.retainReference();
    keyRows = own(indices(batch * heads * size, this::keyRow));
    keyOffsets = own(indices(batch * heads, i -> i * (long) size));
    valueRows = own(indices(batch * heads * capacity, this::valueRow));
    valueOffsets = own(indices(batch * heads, i -> i * (long) capacity));
    firstKeyCells = own(indices(batch * keyHeads * size, i -> i * (long) capacity).view(batch, -1));
    firstValueCells = own(indices(batch, i -> i * (long) capacity));
    keyCells = own(firstKeyCells.clone());
    valueCells = own(firstValueCells.clone());
    mask = HostWritten.floats(batch, 1, capacity);
    maskValues = mask.floatBuffer();
    scaledQueries = own(DeviceTensors.empty(batch, heads, size));
    flatQueries = own(scaledQueries.view(-1));
    queryWeights = new TensorOptional(flatQueries);
    queryWeights.retainReference();
  }

  private Tensor own(Tensor tensor) {
    tensor.retainReference();
    owned.add(tensor);
    return tensor;
  }

  @FunctionalInterface
  private interface Index {
    long of(int position);
  }

  private static Tensor indices(int count, Index index) {
    long[] values = new long[count];
    for (int i = 0; i < count; i++) {
      values[i] = index.of(i);
    }
    return DeviceTensors.of(values, count);
  }

  /** Row of the transposed keys for the {@code i}-th number of a (row, query head). */
  private long keyRow(int position) {
    int size = config.headSize();
    int head = position / size % config.heads();
    int row = position / size / config.heads();
    int keyHead = head / (config.heads() / config.keyValueHeads());
    return ((long) row * config.keyValueHeads() + keyHead) * size + position % size;
  }

  /** Row of the values for the {@code t}-th token of a (row, query head). */
  private long valueRow(int position) {
    int head = position / capacity % config.heads();
    int row = position / capacity / config.heads();
    int keyHead = head / (config.heads() / config.keyValueHeads());
    return ((long) row * capacity + position % capacity) * config.keyValueHeads() + keyHead;
  }

  /** Whether it was made for this shape. */
  boolean fits(int wantedBatch, int wantedCapacity, int wantedRows) {
    return batch == wantedBatch && capacity == wantedCapacity && rows == wantedRows;
  }

  /** Shows each row its own tokens and no others. */
  void showAll(int[] lengths) {
    for (int row = 0; row < batch; row++) {
      for (int i = 0; i < capacity; i++) {
        maskValues.put(row * capacity + i, i < lengths[row] ? 0 : HIDDEN);
      }
    }
  }

  /**
   * Places the next tokens.
   *
   * @param positions {@code [B]} of the new tokens
   */
  void place(Tensor positions, int[] lengths) {
    for (int row = 0; row < batch; row++) {
      maskValues.put(row * capacity + lengths[row], 0);
    }
    mask.send();
    add_out(keyCells, firstKeyCells, positions.view(batch, 1));
    add_out(valueCells, firstValueCells, positions);
  }

  @Override
  public Tensor attend(int layer, PassBuffers buffers) {
    long heads = config.heads();
    long size = config.headSize();
    long keyHeads = config.keyValueHeads();
    Tensor keys = cache.keys(layer);
    Tensor values = cache.values(layer);
    keys.view(-1).index_copy_(0, keyCells.view(-1), buffers.keys.reshape(-1));
    values.view((long) rows * capacity, keyHeads * size).index_copy_(0, valueCells, buffers.values);
    mul_out(scaledQueries, buffers.queries, scale);
    Tensor scores =
        embedding_bag(
                keys.view(rows * keyHeads * size, capacity),
                keyRows,
                keyOffsets,
                false,
                0,
                false,
                queryWeights,
                false)
            .get0();
    Tensor probabilities =
        softmax(scores.view(batch, heads, capacity).add_(mask.placed()), -1).view(-1);
    return embedding_bag(
            values.view((long) rows * capacity * keyHeads, size),
            valueRows,
            valueOffsets,
            false,
            0,
            false,
            new TensorOptional(probabilities),
            false)
        .get0()
        .view(batch, heads * size);
  }

  @Override
  public void close() {
    queryWeights.close();
    scale.close();
    owned.forEach(Tensor::close);
    mask.close();
  }
}
