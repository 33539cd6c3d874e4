package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.argmax;
import static org.bytedeco.pytorch.global.torch.embedding_out;
import static org.bytedeco.pytorch.global.torch.empty;
import static org.bytedeco.pytorch.global.torch.log_softmax_out;

import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import java.nio.LongBuffer;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of one step of {@code B} answers, used again for every step until {@code B} changes.
 * {@code V} vocabulary.
 */
final class DecodingBatch implements AutoCloseable {

  private static final LongOptional LAST = new LongOptional(-1);

  private final ModelConfig config;
  private final int batch;
  private final PassBuffers buffers;
  private final Tensor tokens;
  private final Tensor positions;
  private final LongBuffer tokenValues;
  private final LongBuffer positionValues;
  private final Tensor logits;
  private final Tensor logProbabilities;
  private final FloatPointer scores;
  private final int[] lengths;
  private final int[] likeliest;
  private BatchAttention attention;
  private boolean stale = true;

  DecodingBatch(ModelConfig config, RowCache cache, int batch) {
    this.config = config;
    this.batch = batch;
    this.buffers = new PassBuffers(config, batch);
    this.tokens = kept(Tensor.create(new long[batch], batch));
    this.positions = kept(Tensor.create(new long[batch], batch));
    this.tokenValues = new LongPointer(tokens.data_ptr()).capacity(batch).asBuffer();
    this.positionValues = new LongPointer(positions.data_ptr()).capacity(batch).asBuffer();
    this.logits = kept(empty(batch, config.vocabularySize()));
    this.logProbabilities = kept(empty(batch, config.vocabularySize()));
    this.scores = new FloatPointer(logProbabilities.data_ptr());
    this.lengths = new int[batch];
    this.likeliest = new int[batch];
    this.attention = new BatchAttention(config, cache, batch);
  }

  private static Tensor kept(Tensor tensor) {
    tensor.retainReference();
    return tensor;
  }

  int size() {
    return batch;
  }

  /** The answers in the rows are not those of the last step. */
  void changed() {
    stale = true;
  }

  /**
   * One step: stores each answer's last token and computes the distribution of the next.
   *
   * @param sequences in the order of their rows
   */
  void step(
      List<Sequence> sequences,
      LlamaWeights weights,
      DecoderPass pass,
      RowCache cache,
      RotaryTable rotary,
      ProductUpdates updates) {
    if (!attention.fits(batch, cache.capacity(), cache.rows())) {
      attention.close();
      attention = new BatchAttention(config, cache, batch);
      stale = true;
    }
    for (int row = 0; row < batch; row++) {
      lengths[row] = sequences.get(row).stored();
      tokenValues.put(row, sequences.get(row).lastToken());
      positionValues.put(row, lengths[row]);
    }
    if (stale) {
      attention.showAll(lengths);
      stale = false;
    }
    try (PointerScope scope = new PointerScope()) {
      attention.place(positions, lengths);
      embedding_out(buffers.stream, weights.embedding(), tokens);
      pass.run(buffers, rotary, positions, attention, updates);
      pass.logits(logits, buffers.normed);
      log_softmax_out(logProbabilities, logits, -1);
      LongPointer best = new LongPointer(argmax(logProbabilities, LAST, false).data_ptr());
      for (int row = 0; row < batch; row++) {
        likeliest[row] = (int) best.get(row);
        sequences.get(row).addStored(1);
      }
    }
  }

  /** A row's likeliest next token. */
  int likeliest(int row) {
    return likeliest[row];
  }

  /** The log-probability of a row's next token. */
  float score(int row, int token) {
    return scores.get((long) row * config.vocabularySize() + token);
  }

  /** A copy of a row's distribution, {@code [V]} log-probabilities. */
  float[] scores(int row) {
    float[] copy = new float[config.vocabularySize()];
    scores.position((long) row * config.vocabularySize()).get(copy);
    scores.position(0);
    return copy;
  }

  @Override
  public void close() {
    buffers.close();
    tokens.close();
    positions.close();
    logits.close();
    logProbabilities.close();
    attention.close();
  }
}
