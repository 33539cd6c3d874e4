package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.argmax;
import static org.bytedeco.pytorch.global.torch.embedding_out;
import static org.bytedeco.pytorch.global.torch.log_softmax_out;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.device.HostWritten;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import java.nio.LongBuffer;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * The tensors of one step of {@code B} answers, used again for every step until {@code B} changes.
 * {@code V} vocabulary.
 */
final class DecodingBatch implements AutoCloseable {

  private static final LongOptional LAST = kept(new LongOptional(-1));

  private final ModelConfig config;
  private final int batch;
  private final PassBuffers buffers;
  private final HostWritten tokens;
  private final HostWritten positions;
  private final LongBuffer tokenValues;
  private final LongBuffer positionValues;
  private final Tensor logits;
  private final Tensor logProbabilities;
  private final int[] lengths;
  private long[] likeliest = {};
  private float[] likeliestScores = {};
  private BatchAttention attention;
  private boolean stale = true;

  DecodingBatch(ModelConfig config, RowCache cache, int batch) {
    this.config = config;
    this.batch = batch;
    this.buffers = new PassBuffers(config, batch);
    this.tokens = HostWritten.longs(batch);
    this.positions = HostWritten.longs(batch);
    this.tokenValues = tokens.longBuffer();
    this.positionValues = positions.longBuffer();
    this.logits = kept(DeviceTensors.empty(batch, config.vocabularySize()));
    this.logProbabilities = kept(DeviceTensors.empty(batch, config.vocabularySize()));
    this.lengths = new int[batch];
    this.attention = new BatchAttention(config, cache, batch);
  }

  /** Outlives the scope that it is made in. */
  private static <P extends Pointer> P kept(P pointer) {
    pointer.retainReference();
    return pointer;
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
      try (PointerScope making = new PointerScope()) {
        attention = new BatchAttention(config, cache, batch);
      }
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
      attention.place(positions.send(), lengths);
      embedding_out(buffers.stream, weights.embedding(), tokens.send());
      pass.run(buffers, rotary, positions.placed(), attention, updates);
      pass.logits(logits, buffers.normed);
      log_softmax_out(logProbabilities, logits, -1);
      Tensor best = argmax(logProbabilities, LAST, true);
      likeliest = DeviceTensors.longs(best);
      likeliestScores = DeviceTensors.floats(logProbabilities.gather(1, best));
      for (int row = 0; row < batch; row++) {
        sequences.get(row).addStored(1);
      }
    }
  }

  /** A row's likeliest next token. */
  int likeliest(int row) {
    return (int) likeliest[row];
  }

  /** Its log-probability. */
  float likeliestScore(int row) {
    return likeliestScores[row];
  }

  /** A copy of a row's scores, {@code [V]}. */
  float[] logits(int row) {
    try (PointerScope scope = new PointerScope()) {
      return DeviceTensors.floats(logits.select(0, row));
    }
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
