package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.embedding_out;

import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The answers that run: at most one whose prompt is read, in stretches, and those that decode
 * together, a token a step. Holds the engine's native memory, and belongs to its thread.
 */
final class ContinuousBatch implements AutoCloseable {

  /** A cache smaller than this is kept while nobody asks. */
  private static final long SMALL_CACHE_BYTES = 64L << 20;

  private final ModelConfig config;
  private final EngineLimits limits;
  private final LlamaWeights weights;
  private final DecoderPass pass;
  private final RowCache cache;
  private final RotaryTable rotary;
  private final PrefixCache prefixes;
  private final AdapterRack rack;
  private final List<Sequence> decoding = new ArrayList<>();
  private @Nullable Sequence prompting;
  private @Nullable DecodingBatch batch;
  private AdapterRack.@Nullable BatchUpdates updates;
  private boolean changed = true;

  ContinuousBatch(LanguageModel model, EngineLimits limits) {
    this.config = model.config();
    this.limits = limits;
    weights = model.weights();
    pass = new DecoderPass(config, weights);
    cache = new RowCache(config);
    rotary = new RotaryTable(config);
    prefixes = new PrefixCache(config, limits.prefixBytes());
    rack = new AdapterRack(config);
  }

  /** Whether no answer runs. */
  boolean isIdle() {
    return decoding.isEmpty() && prompting == null;
  }

  /** Whether a prompt is being read, so that no other may begin. */
  boolean isReading() {
    return prompting != null;
  }

  /** Gives memory back that only many or long answers need. */
  void releaseLargeCache() {
    if (RowCache.bytes(config, cache.rows(), cache.capacity()) > SMALL_CACHE_BYTES) {
      try (PointerScope scope = new PointerScope()) {
        dropBatch();
        cache.release();
      }
    }
  }

  /** Frees the places of adapters that nothing uses any more, and the prompts kept for them. */
  void removeAdapters() {
    rack.removeAbandoned().forEach(prefixes::dropAll);
    changed = true;
  }

  void dropCancelled() {
    for (int i = decoding.size() - 1; i >= 0; i--) {
      if (decoding.get(i).answer().isCancelled()) {
        Sequence sequence = decoding.get(i);
        remove(i);
        sequence.finish(FinishReason.CANCELLED);
      }
    }
    if (prompting != null && prompting.answer().isCancelled()) {
      prompting.finish(FinishReason.CANCELLED);
      prompting = null;
    }
  }

  /** Alone, any request may run: its length is bounded by the model's context. */
  boolean hasRoomFor(Sequence next) {
    if (decoding.size() == limits.batch()) {
      return false;
    }
    int longest = next.longest();
    for (Sequence sequence : decoding) {
      longest = Math.max(longest, sequence.longest());
    }
    return decoding.isEmpty()
        || RowCache.bytes(config, decoding.size() + 1, longest) <= limits.cacheBytes();
  }

  /** Begins an answer: its prompt is what {@link #read} reads next. */
  void begin(Sequence next) {
    if (next.answer().isCancelled()) {
      next.finish(FinishReason.CANCELLED);
      return;
    }
    prompting = next;
    if (next.adapter() != null) {
      // a new adapter may move the others' tables
      rack.place(next.adapter());
      changed = true;
    }
    reserve();
    prefixes
        .find(next.adapter(), next.prompt())
        .ifPresent(
            match -> {
              cache.restore(decoding.size(), match.saved(), match.length());
              next.reuse(match.length());
            });
  }

  private void reserve() {
    int rows = decoding.size() + (prompting == null ? 0 : 1);
    int longest = prompting == null ? 1 : prompting.prompt().length;
    for (Sequence sequence : decoding) {
      longest = Math.max(longest, sequence.stored() + 1);
    }
    cache.reserve(rows, longest);
    rotary.reserve(longest);
  }

  /**
   * Computes a stretch of the prompt that is being read.
   *
   * @return how many tokens it had
   */
  int read(int budget) {
    Sequence sequence = prompting;
    if (sequence == null) {
      return 0;
    }
    int past = sequence.stored();
    int length = Math.min(budget, sequence.prompt().length - past);
    int row = decoding.size();
    try (PointerScope scope = new PointerScope();
        PassBuffers buffers = new PassBuffers(config, length)) {
      long[] tokens = new long[length];
      long[] positions = new long[length];
      for (int i = 0; i < length; i++) {
        tokens[i] = sequence.prompt()[past + i];
        positions[i] = past + i;
      }
      embedding_out(buffers.stream, weights.embedding(), DeviceTensors.of(tokens, length));
      pass.run(
          buffers,
          rotary,
          DeviceTensors.of(positions, length),
          new PromptAttention(config, cache, row, past, length),
          rack.ofOne(rack.place(sequence.adapter())));
      sequence.addStored(length);
      if (sequence.stored() == sequence.prompt().length) {
        firstToken(sequence, row, buffers.normed.narrow(0, length - 1, 1));
        prompting = null;
      }
    }
    return length;
  }

  /** The prompt is read: keeps it for others and chooses the first token. */
  private void firstToken(Sequence sequence, int row, Tensor state) {
    if (prefixes.wants(sequence.adapter(), sequence.prompt())) {
      prefixes.add(
          sequence.adapter(), sequence.prompt(), cache.save(row, sequence.prompt().length));
    }
    Tensor logits = DeviceTensors.empty(1, config.vocabularySize());
    pass.logits(logits, state);
    if (!sequence.advance(DeviceTensors.floats(logits))) {
      decoding.add(sequence);
      changed = true;
    }
  }

  /** Adds a token to each answer whose prompt is read. */
  void decode() {
    if (decoding.isEmpty()) {
      return;
    }
    reserve();
    DecodingBatch rows = batch;
    if (rows == null || rows.size() != decoding.size()) {
      dropBatch();
      // views that were only steps to others would keep the buffers' memory for good
      try (PointerScope making = new PointerScope()) {
        rows = new DecodingBatch(config, cache, decoding.size());
      }
      batch = rows;
    }
    if (changed) {
      dropUpdates();
      if (decoding.stream().anyMatch(sequence -> sequence.adapter() != null)) {
        updates =
            rack.ofBatch(
                decoding.stream().mapToInt(sequence -> rack.place(sequence.adapter())).toArray());
      }
      rows.changed();
      changed = false;
    }
    rows.step(
        decoding, weights, pass, cache, rotary, updates == null ? ProductUpdates.NONE : updates);
    for (int row = decoding.size() - 1; row >= 0; row--) {
      Sequence sequence = decoding.get(row);
      boolean ended =
          sequence.needsScores()
              ? sequence.advance(rows.logits(row))
              : sequence.advance(rows.likeliest(row), rows.likeliestScore(row));
      if (ended) {
        remove(row);
      }
    }
  }

  /** Takes an answer out of the batch; the last row takes its place. */
  private void remove(int row) {
    int last = decoding.size() - 1;
    cache.copyRow(last, row, decoding.get(last).stored());
    decoding.set(row, decoding.get(last));
    decoding.remove(last);
    if (prompting != null) {
      cache.copyRow(last + 1, last, prompting.stored());
    }
    changed = true;
  }

  /** Ends all running answers with a failure. */
  void failAll(RuntimeException failure) {
    List<Sequence> failed = new ArrayList<>(decoding);
    decoding.clear();
    if (prompting != null) {
      failed.add(prompting);
      prompting = null;
    }
    failed.forEach(sequence -> sequence.fail(failure));
    changed = true;
  }

  private void dropBatch() {
    if (batch != null) {
      batch.close();
      batch = null;
    }
  }

  private void dropUpdates() {
    if (updates != null) {
      updates.close();
      updates = null;
    }
  }

  @Override
  public void close() {
    dropBatch();
    dropUpdates();
    pass.close();
    cache.close();
    rotary.close();
    prefixes.close();
    rack.close();
  }
}
