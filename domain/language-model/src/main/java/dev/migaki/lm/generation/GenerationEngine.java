package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.embedding_out;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.AdapterUpdates;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Answers many requests at once over one model: <b>continuous batching</b>. Requests join and leave
 * between two tokens, each with its own options and adapter.
 *
 * <pre>
 *   submit ─▶ waiting ─▶ prompt (alone, in stretches) ─▶ decoding (together, a token a step) ─▶ finished
 *                │                  │                              │
 *                └──────────────────┴───── cancelled ──────────────┘
 * </pre>
 *
 * <p><b>What is deterministic.</b> All chance comes from a request's seed, prompts are computed
 * alone, and no row's numbers are mixed with another's. But a product of another number of rows may
 * round differently, so scores differ in the last digits (below 1e-3, tested) with what else is in
 * the batch; a token changes only where two candidates are as close as that.
 *
 * <p>All tensors belong to one thread of the engine's own; the other methods may be called from
 * any.
 */
public final class GenerationEngine implements AutoCloseable {

  /** A cache smaller than this is kept while nobody asks. */
  private static final long SMALL_CACHE_BYTES = 64L << 20;

  private final LanguageModel model;
  private final ModelConfig config;
  private final EngineLimits limits;
  private final Object lock = new Object();
  private final Deque<Sequence> waiting = new ArrayDeque<>();
  private boolean closed;
  private boolean adaptersChanged;
  private @Nullable Thread thread;

  // from here on, the engine's thread alone
  private final List<Sequence> decoding = new ArrayList<>();
  private @Nullable Sequence prompting;
  private @Nullable Resources resources;

  /** Native memory, made by the engine's thread on its first request. */
  private static final class Resources implements AutoCloseable {
    private final LlamaWeights weights;
    private final DecoderPass pass;
    private final RowCache cache;
    private final RotaryTable rotary;
    private final PrefixCache prefixes;
    private final AdapterRack rack;
    private @Nullable DecodingBatch batch;
    private AdapterRack.@Nullable BatchUpdates updates;
    private boolean changed = true;

    Resources(LanguageModel model, EngineLimits limits) {
      weights = model.weights();
      pass = new DecoderPass(model.config(), weights);
      cache = new RowCache(model.config());
      rotary = new RotaryTable(model.config());
      prefixes = new PrefixCache(model.config(), limits.prefixBytes());
      rack = new AdapterRack(model.config());
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
  }

  public GenerationEngine(LanguageModel model, EngineLimits limits) {
    this.model = model;
    this.config = model.config();
    this.limits = limits;
  }

  /**
   * Loads an adapter beside the others.
   *
   * @param directory a PEFT adapter made for this model
   * @return empty when the adapter replaces whole modules and must be merged instead
   * @throws dev.migaki.lm.InvalidModelException when the adapter does not fit
   */
  public Optional<LoadedAdapter> load(Path directory) {
    return AdapterUpdates.read(directory, config).map(updates -> new LoadedAdapter(this, updates));
  }

  /**
   * Asks for an answer.
   *
   * @param prompt token ids, at least one
   * @param adapter of this engine, or null for the model alone
   * @throws PromptTooLongException when the prompt leaves no room for an answer
   * @throws IllegalStateException when the engine or the adapter is closed
   */
  public RunningAnswer submit(
      int[] prompt, GenerationOptions options, @Nullable LoadedAdapter adapter) {
    if (prompt.length >= config.maxPositions()) {
      throw new PromptTooLongException(prompt.length, config.maxPositions());
    }
    if (prompt.length == 0) {
      throw new IllegalArgumentException("the prompt has no token");
    }
    if (adapter != null && adapter.engine() != this) {
      throw new IllegalArgumentException("the adapter was loaded by another engine");
    }
    RunningAnswer answer = new RunningAnswer();
    Sequence sequence = new Sequence(model, prompt, options, adapter, answer);
    synchronized (lock) {
      if (closed) {
        throw new IllegalStateException("the model is closed");
      }
      if (adapter != null) {
        adapter.acquire();
      }
      waiting.add(sequence);
      if (thread == null) {
        thread = new Thread(this::run, "generation");
        thread.setDaemon(true);
        thread.start();
      }
      lock.notifyAll();
    }
    return answer;
  }

  /** Requests that wait for a place in the batch. */
  public int waiting() {
    synchronized (lock) {
      return waiting.size();
    }
  }

  void wake() {
    synchronized (lock) {
      adaptersChanged = true;
      lock.notifyAll();
    }
  }

  private void run() {
    try (AutoGradMode guard = new AutoGradMode(false)) {
      while (awaitWork()) {
        try {
          Resources used = resources();
          // what no method keeps or frees, such as the options of a tensor, ends with the step
          try (PointerScope step = new PointerScope()) {
            work(used);
          }
        } catch (RuntimeException e) {
          // whatever the native library reports concerns the answers that were in it, not the next
          failAll(e);
        }
      }
    } finally {
      failAll(new IllegalStateException("the model was closed"));
      if (resources != null) {
        resources.close();
      }
    }
  }

  /** Whether to go on; returns at once while there is work. */
  private boolean awaitWork() {
    synchronized (lock) {
      while (!closed
          && !adaptersChanged
          && waiting.isEmpty()
          && decoding.isEmpty()
          && prompting == null) {
        try {
          releaseLargeCache();
          lock.wait();
        } catch (InterruptedException e) {
          // nobody has this thread to interrupt it; the engine ends by close()
          closed = true;
        }
      }
      return !closed;
    }
  }

  private void releaseLargeCache() {
    if (resources != null
        && RowCache.bytes(config, resources.cache.rows(), resources.cache.capacity())
            > SMALL_CACHE_BYTES) {
      try (PointerScope scope = new PointerScope()) {
        resources.dropBatch();
        resources.cache.release();
      }
    }
  }

  private Resources resources() {
    Resources known = resources;
    if (known == null) {
      known = new Resources(model, limits);
      resources = known;
    }
    return known;
  }

  private void work(Resources used) {
    removeAdapters(used);
    dropCancelled(used);
    int budget = limits.promptTokens();
    while (budget > 0 && (prompting != null || admit(used))) {
      budget -= prompt(used, budget);
    }
    if (!decoding.isEmpty()) {
      decode(used);
    }
  }

  private void removeAdapters(Resources used) {
    synchronized (lock) {
      if (!adaptersChanged) {
        return;
      }
      adaptersChanged = false;
    }
    used.rack.removeAbandoned().forEach(used.prefixes::dropAll);
    used.changed = true;
  }

  private void dropCancelled(Resources used) {
    for (int i = decoding.size() - 1; i >= 0; i--) {
      if (decoding.get(i).answer().isCancelled()) {
        Sequence sequence = decoding.get(i);
        remove(used, i);
        end(sequence, FinishReason.CANCELLED);
      }
    }
    if (prompting != null && prompting.answer().isCancelled()) {
      end(prompting, FinishReason.CANCELLED);
      prompting = null;
    }
  }

  /** Takes the next waiting request when there is room for it. */
  private boolean admit(Resources used) {
    Sequence next;
    synchronized (lock) {
      next = waiting.peek();
      if (next == null || decoding.size() == limits.batch() || !fits(next)) {
        return false;
      }
      waiting.remove();
    }
    if (next.answer().isCancelled()) {
      end(next, FinishReason.CANCELLED);
      return true;
    }
    prompting = next;
    if (next.adapter() != null) {
      // a new adapter may move the others' tables
      used.rack.place(next.adapter());
      used.changed = true;
    }
    reserve(used);
    used.prefixes
        .find(next.adapter(), next.prompt())
        .ifPresent(
            match -> {
              used.cache.restore(decoding.size(), match.saved(), match.length());
              next.reuse(match.length());
            });
    return true;
  }

  /** Alone, any request may run: its length is bounded by the model's context. */
  private boolean fits(Sequence next) {
    int longest = next.longest();
    for (Sequence sequence : decoding) {
      longest = Math.max(longest, sequence.longest());
    }
    return decoding.isEmpty()
        || RowCache.bytes(config, decoding.size() + 1, longest) <= limits.cacheBytes();
  }

  private void reserve(Resources used) {
    int rows = decoding.size() + (prompting == null ? 0 : 1);
    int longest = prompting == null ? 1 : prompting.prompt().length;
    for (Sequence sequence : decoding) {
      longest = Math.max(longest, sequence.stored() + 1);
    }
    used.cache.reserve(rows, longest);
    used.rotary.reserve(longest);
  }

  /**
   * Computes a stretch of the prompt that is being read.
   *
   * @return how many tokens it had
   */
  private int prompt(Resources used, int budget) {
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
      embedding_out(buffers.stream, used.weights.embedding(), DeviceTensors.of(tokens, length));
      used.pass.run(
          buffers,
          used.rotary,
          DeviceTensors.of(positions, length),
          new PromptAttention(config, used.cache, row, past, length),
          used.rack.ofOne(used.rack.place(sequence.adapter())));
      sequence.addStored(length);
      if (sequence.stored() == sequence.prompt().length) {
        prompting = null;
        begin(used, sequence, row, buffers.normed.narrow(0, length - 1, 1));
      }
    }
    return length;
  }

  /** The prompt is read: keeps it for others and chooses the first token. */
  private void begin(Resources used, Sequence sequence, int row, Tensor state) {
    if (used.prefixes.wants(sequence.adapter(), sequence.prompt())) {
      used.prefixes.add(
          sequence.adapter(), sequence.prompt(), used.cache.save(row, sequence.prompt().length));
    }
    Tensor logits = DeviceTensors.empty(1, config.vocabularySize());
    used.pass.logits(logits, state);
    if (sequence.advance(DeviceTensors.floats(logits))) {
      release(sequence);
    } else {
      decoding.add(sequence);
      used.changed = true;
    }
  }

  private void decode(Resources used) {
    reserve(used);
    DecodingBatch batch = used.batch;
    if (batch == null || batch.size() != decoding.size()) {
      used.dropBatch();
      // views that were only steps to others would keep the buffers' memory for good
      try (PointerScope making = new PointerScope()) {
        batch = new DecodingBatch(config, used.cache, decoding.size());
      }
      used.batch = batch;
    }
    if (used.changed) {
      used.dropUpdates();
      if (decoding.stream().anyMatch(sequence -> sequence.adapter() != null)) {
        used.updates =
            used.rack.ofBatch(
                decoding.stream()
                    .mapToInt(sequence -> used.rack.place(sequence.adapter()))
                    .toArray());
      }
      batch.changed();
      used.changed = false;
    }
    batch.step(
        decoding,
        used.weights,
        used.pass,
        used.cache,
        used.rotary,
        used.updates == null ? ProductUpdates.NONE : used.updates);
    for (int row = decoding.size() - 1; row >= 0; row--) {
      Sequence sequence = decoding.get(row);
      boolean ended =
          sequence.needsScores()
              ? sequence.advance(batch.logits(row))
              : sequence.advance(batch.likeliest(row), batch.likeliestScore(row));
      if (ended) {
        remove(used, row);
        release(sequence);
      }
    }
  }

  /** Takes an answer out of the batch; the last row takes its place. */
  private void remove(Resources used, int row) {
    int last = decoding.size() - 1;
    used.cache.copyRow(last, row, decoding.get(last).stored());
    decoding.set(row, decoding.get(last));
    decoding.remove(last);
    if (prompting != null) {
      used.cache.copyRow(last + 1, last, prompting.stored());
    }
    used.changed = true;
  }

  private void end(Sequence sequence, FinishReason reason) {
    sequence.finish(reason);
    release(sequence);
  }

  private void release(Sequence sequence) {
    LoadedAdapter adapter = sequence.adapter();
    if (adapter != null) {
      adapter.release();
      if (adapter.isAbandoned()) {
        wake();
      }
    }
  }

  private void failAll(RuntimeException failure) {
    List<Sequence> failed = new ArrayList<>(decoding);
    decoding.clear();
    if (prompting != null) {
      failed.add(prompting);
      prompting = null;
    }
    synchronized (lock) {
      if (closed) {
        failed.addAll(waiting);
        waiting.clear();
      }
    }
    for (Sequence sequence : failed) {
      sequence.answer().failed(failure);
      release(sequence);
    }
    if (resources != null) {
      resources.changed = true;
    }
  }

  /** Ends the engine's thread and frees its memory; running answers fail. */
  @Override
  public void close() {
    Thread ending;
    synchronized (lock) {
      closed = true;
      ending = thread;
      lock.notifyAll();
    }
    boolean interrupted = false;
    while (ending != null && ending.isAlive()) {
      try {
        ending.join();
      } catch (InterruptedException e) {
        // the memory must not be freed under the thread, so the wait goes on
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
