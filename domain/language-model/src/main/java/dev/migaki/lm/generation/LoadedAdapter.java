package dev.migaki.lm.generation;

import dev.migaki.lm.model.AdapterUpdates;

/**
 * An adapter that answers beside others over one base model, its updates unmerged. Closing it lets
 * no new answer begin; its memory goes back when the last answer that uses it has ended.
 */
public final class LoadedAdapter implements AutoCloseable {

  private final GenerationEngine engine;
  private final AdapterUpdates updates;
  private final long bytes;
  private boolean closed;
  private int users;

  LoadedAdapter(GenerationEngine engine, AdapterUpdates updates) {
    this.engine = engine;
    this.updates = updates;
    this.bytes =
        updates.updates().values().stream()
                .mapToLong(update -> update.down().length + (long) update.up().length)
                .sum()
            * (Float.BYTES + Short.BYTES);
  }

  AdapterUpdates updates() {
    return updates;
  }

  GenerationEngine engine() {
    return engine;
  }

  /** Bytes of its matrices, as they were read and in the tables of the batch. */
  public long bytes() {
    return bytes;
  }

  synchronized void acquire() {
    if (closed) {
      throw new IllegalStateException("the adapter is closed");
    }
    users++;
  }

  /** An answer has ended; after the last one of a closed adapter the engine frees its place. */
  void release() {
    synchronized (this) {
      users--;
    }
    if (isAbandoned()) {
      engine.wake();
    }
  }

  /** Whether nothing uses it any more and nothing will. */
  synchronized boolean isAbandoned() {
    return closed && users == 0;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    // outside, because the engine acquires adapters while it holds its own lock
    engine.wake();
  }
}
