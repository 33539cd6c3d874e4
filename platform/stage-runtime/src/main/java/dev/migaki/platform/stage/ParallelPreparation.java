package dev.migaki.platform.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Prepares records that came together, several at a time, in whatever order; what is prepared is
 * handled in the order of the partition.
 */
final class ParallelPreparation implements AutoCloseable {

  private final ExecutorService pool;
  private final Duration budget;

  /**
   * @param threads records in work at a time
   * @param budget after how long no further record is begun
   */
  ParallelPreparation(int threads, Duration budget) {
    this.pool = Executors.newFixedThreadPool(threads, ParallelPreparation::named);
    this.budget = budget;
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "prepare");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to prepare records; no further one once the budget is spent. */
  <T> Running<T> begin(List<ReceivedRecord> records, Function<ReceivedRecord, T> preparation) {
    long deadline = System.nanoTime() + budget.toNanos();
    List<Future<Optional<T>>> running = new ArrayList<>(records.size());
    for (ReceivedRecord record : records) {
      boolean first = running.isEmpty();
      running.add(
          pool.submit(
              () ->
                  first || System.nanoTime() - deadline < 0
                      ? Optional.of(preparation.apply(record))
                      : Optional.empty()));
    }
    return new Running<>(running);
  }

  /** Preparations under way. */
  static final class Running<T> {
    private final List<Future<Optional<T>>> tasks;

    private Running(List<Future<Optional<T>>> tasks) {
      this.tasks = tasks;
    }

    /**
     * Waits for them.
     *
     * @return of as many of the first as were begun in time, at least one
     * @throws RuntimeException what a preparation threw, the first in the order of the records
     */
    List<T> results() {
      List<T> prepared = new ArrayList<>(tasks.size());
      try {
        for (Future<Optional<T>> next : tasks) {
          Optional<T> result = next.get();
          if (result.isEmpty()) {
            break; // those behind it were not begun either: the pool takes them in order
          }
          prepared.add(result.get());
        }
        return prepared;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while preparing records", e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        if (e.getCause() instanceof Error failure) {
          throw failure;
        }
        throw new IllegalStateException("a preparation failed", e.getCause());
      } finally {
        cancel();
      }
    }

    /** Begins no further one. */
    void cancel() {
      tasks.forEach(task -> task.cancel(false));
    }
  }

  @Override
  public void close() {
    pool.shutdown();
  }
}
