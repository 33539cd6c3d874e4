package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work on one step side by side, each with single-threaded products.
 *
 * <p>The products of a small model are too small to be split over cores: two threads that each
 * back-propagate half of a batch are twice as fast, two threads inside one product are no faster
 * than one (measured). Who does what is fixed by number, never by who is free, so a result depends
 * on the number of lanes but not on their speed.
 */
public final class Lanes implements AutoCloseable {

  private final int count;
  private final ExecutorService helpers;

  /**
   * @param count threads, the caller's included
   */
  public Lanes(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("at least one lane is needed: " + count);
    }
    this.count = count;
    this.helpers =
        Executors.newFixedThreadPool(
            Math.max(1, count - 1),
            work -> {
              Thread thread = new Thread(work, "training-lane");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Threads, the caller's included. */
  public int count() {
    return count;
  }

  /** Runs {@code work} once per lane, lane 0 on the caller's thread, and waits for all. */
  void run(IntConsumer work) {
    List<Future<?>> others = new ArrayList<>();
    for (int i = 1; i < count; i++) {
      int lane = i;
      others.add(helpers.submit(() -> work.accept(lane)));
    }
    @Nullable RuntimeException failure = null;
    try {
      work.accept(0);
    } catch (RuntimeException e) {
      failure = e;
    }
    for (Future<?> other : others) {
      failure = firstOf(failure, other);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static @Nullable RuntimeException firstOf(
      @Nullable RuntimeException known, Future<?> other) {
    try {
      other.get();
      return known;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new IllegalStateException("interrupted in the middle of a training step", e);
    } catch (ExecutionException e) {
      if (known != null) {
        return known;
      }
      return e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException("a training lane failed", e.getCause());
    }
  }

  /** Does {@code 0 … items-1}, item {@code i} on lane {@code i mod count}. */
  void each(int items, IntConsumer work) {
    run(
        lane -> {
          for (int i = lane; i < items; i += count) {
            work.accept(i);
          }
        });
  }

  @Override
  public void close() {
    helpers.shutdownNow();
  }
}
