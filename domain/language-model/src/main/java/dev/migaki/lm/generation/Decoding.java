package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.linear;

import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.RotaryPositions;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The decoding state of a batch of prompts: one call gives each row's log-probabilities of its next
 * token.
 *
 * <p>Rows are padded on the left and keep their own positions, so that a row's numbers do not
 * depend on its neighbours. Not thread-safe; one instance per batch.
 */
final class Decoding implements AutoCloseable {

  private static final float HIDDEN = -1e30f;

  private final LanguageModel model;
  private final ModelConfig config;
  private final LlamaForward forward;
  private final RotaryPositions table;
  private final KeyValueCache cache;
  private int[] padding;

  /**
   * @param batch number of prompts
   * @param capacity longest prompt and answer together
   */
  Decoding(LanguageModel model, int batch, int capacity) {
    this.model = model;
    this.config = model.config();
    this.forward = new LlamaForward(config, ScalarType.Float);
    this.table = RotaryPositions.table(config, capacity, ScalarType.Float);
    this.cache = new KeyValueCache(config, batch, capacity);
    this.padding = new int[batch];
  }

  /**
   * Feeds the prompts.
   *
   * @return {@code [B][V]} log-probabilities of each row's next token
   */
  float[][] prompts(List<int[]> prompts) {
    int length = prompts.stream().mapToInt(prompt -> prompt.length).max().orElseThrow();
    long[] tokens = new long[prompts.size() * length];
    for (int row = 0; row < prompts.size(); row++) {
      int[] prompt = prompts.get(row);
      padding[row] = length - prompt.length;
      for (int i = 0; i < prompt.length; i++) {
        tokens[row * length + padding[row] + i] = prompt[i];
      }
    }
    return feed(tokens, length);
  }

  /** Feeds one token per row; log-probabilities of the ones after. */
  float[][] next(int[] tokens) {
    long[] wide = new long[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      wide[i] = tokens[i];
    }
    return feed(wide, 1);
  }

  private float[][] feed(long[] tokens, int length) {
    int batch = padding.length;
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      int past = (int) cache.length();
      long[] positions = new long[batch * length];
      for (int row = 0; row < batch; row++) {
        for (int i = 0; i < length; i++) {
          positions[row * length + i] = Math.max(0, past + i - padding[row]);
        }
      }
      cache.mask(mask(past, length));
      Tensor hidden =
          forward.hidden(
              model.weights(),
              null,
              Tensor.create(tokens, tokens.length),
              batch,
              length,
              table.at(Tensor.create(positions, positions.length), batch, length),
              cache);
      cache.advance(length);
      Tensor last = hidden.view(batch, length, config.hiddenSize()).select(1, length - 1);
      return rows(linear(last, model.weights().head()).log_softmax(-1), batch);
    }
  }

  private Tensor mask(int past, int length) {
    int batch = padding.length;
    int total = past + length;
    float[] mask = new float[batch * length * total];
    for (int row = 0; row < batch; row++) {
      for (int i = 0; i < length; i++) {
        int start = (row * length + i) * total;
        for (int j = 0; j < total; j++) {
          // a padding position looks at itself, so that its softmax is not over nothing
          boolean visible = j <= past + i && (j >= padding[row] || j == past + i);
          mask[start + j] = visible ? 0 : HIDDEN;
        }
      }
    }
    return Tensor.create(mask, batch, 1, length, total);
  }

  private float[][] rows(Tensor logits, int batch) {
    float[][] rows = new float[batch][config.vocabularySize()];
    FloatPointer data = new FloatPointer(logits.contiguous().data_ptr());
    for (int row = 0; row < batch; row++) {
      data.position((long) row * config.vocabularySize()).get(rows[row]);
    }
    return rows;
  }

  /** Drops finished rows, which makes the rest faster. */
  void keepRowsInPlace(int[] rows) {
    long[] wide = new long[rows.length];
    int[] kept = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      wide[i] = rows[i];
      kept[i] = padding[rows[i]];
    }
    padding = kept;
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      cache.keepRowsInPlace(Tensor.create(wide, wide.length));
    }
  }

  @Override
  public void close() {
    cache.close();
    table.cosine().close();
    table.sine().close();
  }
}
