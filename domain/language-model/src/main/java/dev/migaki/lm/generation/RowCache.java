package dev.migaki.lm.generation;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Keys and values of the tokens so far, one row per answer in the batch, so that a new token costs
 * one row instead of a whole forward pass.
 *
 * <p>{@code L} layers, {@code S} rows, {@code C} tokens per row, {@code K} key/value heads, {@code
 * d} head size. Keys lie transposed, so that the scores of one query are a weighted sum of {@code
 * d} rows, as its result is a weighted sum of {@code C} values. A row begins at its own token 0.
 * Grows as needed. Not thread-safe.
 */
final class RowCache implements AutoCloseable {

  private static final int STEP = 64;

  /** Keys and values of a beginning of a row: {@code [L, K·d, T]} and {@code [L, T, K·d]}. */
  record Saved(Tensor keys, Tensor values) implements AutoCloseable {
    @Override
    public void close() {
      keys.close();
      values.close();
    }
  }

  private final ModelConfig config;
  private final long width;
  private Tensor keys;
  private Tensor values;
  private List<Tensor> layerKeys = List.of();
  private List<Tensor> layerValues = List.of();
  private int rows;
  private int tokens;

  RowCache(ModelConfig config) {
    this.config = config;
    this.width = (long) config.keyValueHeads() * config.headSize();
    this.keys = allocate(0, 0, 0);
    this.values = allocate(0, 0, 0);
  }

  /** Bytes that one token of one row takes. */
  static long bytesPerToken(ModelConfig config) {
    return 2L * config.layers() * config.keyValueHeads() * config.headSize() * Float.BYTES;
  }

  /** Bytes that rows of a length take, as this cache would allocate them. */
  static long bytes(ModelConfig config, int rows, int tokens) {
    return bytesPerToken(config) * roundedRows(rows) * roundedTokens(tokens);
  }

  private static int roundedRows(int wanted) {
    return wanted <= 1 ? wanted : Integer.highestOneBit(wanted - 1) * 2;
  }

  private static int roundedTokens(int wanted) {
    return (wanted + STEP - 1) / STEP * STEP;
  }

  private Tensor allocate(long... shape) {
    Tensor tensor = DeviceTensors.zerosOf(ScalarType.Float, shape);
    tensor.retainReference();
    return tensor;
  }

  /** {@code C}. */
  int capacity() {
    return tokens;
  }

  /** {@code S}. */
  int rows() {
    return rows;
  }

  /**
   * Makes room for rows of a length, keeping what is in them, and gives back room that is no longer
   * needed: attention costs by capacity.
   *
   * @return whether the storage moved, so that views of it are stale
   */
  boolean reserve(int wantedRows, int wantedTokens) {
    int newTokens = roundedTokens(wantedTokens);
    int newRows = Math.max(rows, roundedRows(wantedRows));
    boolean fits = wantedTokens <= tokens && newTokens * 2 > tokens;
    if (newRows == rows && fits) {
      return false;
    }
    Tensor newKeys = allocate(config.layers(), newRows, width, newTokens);
    Tensor newValues = allocate(config.layers(), newRows, newTokens, width);
    if (rows > 0 && tokens > 0) {
      int kept = Math.min(tokens, newTokens);
      try (PointerScope scope = new PointerScope()) {
        newKeys.narrow(1, 0, rows).narrow(3, 0, kept).copy_(keys.narrow(3, 0, kept));
        newValues.narrow(1, 0, rows).narrow(2, 0, kept).copy_(values.narrow(2, 0, kept));
      }
    }
    replace(newKeys, newValues, newRows, newTokens);
    return true;
  }

  private void replace(Tensor newKeys, Tensor newValues, int newRows, int newTokens) {
    close();
    keys = newKeys;
    values = newValues;
    rows = newRows;
    tokens = newTokens;
    layerKeys = new ArrayList<>();
    layerValues = new ArrayList<>();
    for (int layer = 0; layer < config.layers() && newRows > 0; layer++) {
      layerKeys.add(kept(keys.select(0, layer)));
      layerValues.add(kept(values.select(0, layer)));
    }
  }

  private static Tensor kept(Tensor tensor) {
    tensor.retainReference();
    return tensor;
  }

  /** Gives the memory back; every row is lost. */
  void release() {
    replace(allocate(0, 0, 0), allocate(0, 0, 0), 0, 0);
  }

  /** One layer's keys, {@code [S, K·d, C]}. */
  Tensor keys(int layer) {
    return layerKeys.get(layer);
  }

  /** One layer's values, {@code [S, C, K·d]}. */
  Tensor values(int layer) {
    return layerValues.get(layer);
  }

  /** Copies a row's first tokens over another row. */
  void copyRow(int from, int to, int length) {
    if (from == to || length == 0) {
      return;
    }
    try (PointerScope scope = new PointerScope()) {
      keys.select(1, to).narrow(2, 0, length).copy_(keys.select(1, from).narrow(2, 0, length));
      values.select(1, to).narrow(1, 0, length).copy_(values.select(1, from).narrow(1, 0, length));
    }
  }

  /** A copy of a row's first tokens; to be closed by the caller. */
  Saved save(int row, int length) {
    try (PointerScope scope = new PointerScope()) {
      return new Saved(
          kept(keys.select(1, row).narrow(2, 0, length).contiguous().clone()),
          kept(values.select(1, row).narrow(1, 0, length).contiguous().clone()));
    }
  }

  /** Begins a row with the first tokens of a saved one. */
  void restore(int row, Saved saved, int length) {
    try (PointerScope scope = new PointerScope()) {
      keys.select(1, row).narrow(2, 0, length).copy_(saved.keys().narrow(2, 0, length));
      values.select(1, row).narrow(1, 0, length).copy_(saved.values().narrow(1, 0, length));
    }
  }

  @Override
  public void close() {
    layerKeys.forEach(Tensor::close);
    layerValues.forEach(Tensor::close);
    layerKeys = List.of();
    layerValues = List.of();
    keys.close();
    values.close();
  }
}
