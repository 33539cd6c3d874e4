package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.model.AdapterUpdates;
import dev.migaki.lm.model.ModelConfig;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
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

  private final LanguageModel model;
  private final ModelConfig config;
  private final EngineLimits limits;
  private final Object lock = new Object();
  private final Deque<Sequence> waiting = new ArrayDeque<>();
  private boolean closed;
  private boolean adaptersChanged;
  private @Nullable Thread thread;

  // from here on, the engine's thread alone
  private @Nullable ContinuousBatch batch;

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
    return AdapterUpdates.read(directory, config)
        .map(
            updates -> {
              updates.updates().forEach(HalfScaling::of); // refuses here, not in the batch
              return new LoadedAdapter(this, updates);
            });
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
        step(batch());
      }
      end(new IllegalStateException("the model was closed"));
    } catch (RuntimeException | Error e) {
      end(new IllegalStateException("the model's engine ended by a failure", e));
      throw e;
    }
  }

  private void step(ContinuousBatch running) {
    // what no method keeps or frees, such as the options of a tensor, ends with the step
    try (PointerScope scope = new PointerScope()) {
      work(running);
    } catch (RuntimeException e) {
      // whatever the native library reports concerns the answers that were in it, not the next
      running.failAll(e);
    }
  }

  /** Made on the first request, by the thread that it belongs to. */
  private ContinuousBatch batch() {
    ContinuousBatch known = batch;
    if (known == null) {
      known = new ContinuousBatch(model, limits);
      batch = known;
    }
    return known;
  }

  /** Whether to go on; returns at once while there is work. */
  private boolean awaitWork() {
    synchronized (lock) {
      while (!closed
          && !adaptersChanged
          && waiting.isEmpty()
          && (batch == null || batch.isIdle())) {
        try {
          if (batch != null) {
            batch.releaseLargeCache();
          }
          lock.wait();
        } catch (InterruptedException e) {
          // nobody has this thread to interrupt it; the engine ends by close()
          closed = true;
        }
      }
      return !closed;
    }
  }

  private void work(ContinuousBatch running) {
    if (takeAdaptersChanged()) {
      running.removeAdapters();
    }
    running.dropCancelled();
    int budget = limits.promptTokens();
    while (budget > 0 && (running.isReading() || beginNext(running))) {
      budget -= running.read(budget);
    }
    running.decode();
  }

  private boolean takeAdaptersChanged() {
    synchronized (lock) {
      boolean changed = adaptersChanged;
      adaptersChanged = false;
      return changed;
    }
  }

  /** Takes the next waiting request when there is room for it. */
  private boolean beginNext(ContinuousBatch running) {
    Sequence next;
    synchronized (lock) {
      next = waiting.peek();
      if (next == null || !running.hasRoomFor(next)) {
        return false;
      }
      waiting.remove();
    }
    running.begin(next);
    return true;
  }

  private void end(RuntimeException reason) {
    if (batch != null) {
      batch.failAll(reason);
      batch.close();
    }
    synchronized (lock) {
      closed = true;
      waiting.forEach(sequence -> sequence.fail(reason));
      waiting.clear();
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
