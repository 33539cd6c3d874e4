package dev.migaki.cli.dryrun;

import dev.migaki.datasets.remote.RemoteFailure;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Works on many inputs at once and hands the results out in the order of the inputs. Holds a
 * bounded number of inputs, so memory does not grow with the length of the stream.
 *
 * @param <I> input
 * @param <R> result
 */
final class OrderedPipe<I, R> implements AutoCloseable {
  private static final int BATCH = 64;

  private final ExecutorService threads;
  private final Deque<Future<List<R>>> running = new ArrayDeque<>();
  private final int capacity;
  private final Function<I, R> work;
  private final Sink<R> sink;
  private List<I> batch = new ArrayList<>();

  /** Takes the results, on the thread that feeds the pipe. */
  interface Sink<R> {
    void accept(R result) throws IOException;
  }

  OrderedPipe(int parallelism, Function<I, R> work, Sink<R> sink) {
    this.threads =
        Executors.newFixedThreadPool(
            parallelism,
            task -> {
              Thread thread = new Thread(task, "dry-run");
              thread.setDaemon(true);
              return thread;
            });
    this.capacity = parallelism * 3;
    this.work = work;
    this.sink = sink;
  }

  void feed(I input) throws IOException {
    batch.add(input);
    if (batch.size() >= BATCH) {
      submit();
    }
  }

  /** Works on what is left and waits for the last result. */
  void finish() throws IOException {
    submit();
    while (!running.isEmpty()) {
      drainOne();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void submit() throws IOException {
    if (batch.isEmpty()) {
      return;
    }
    List<I> full = batch;
    batch = new ArrayList<>();
    running.add(threads.submit(() -> full.stream().map(work).toList()));
    while (running.size() > capacity || !running.isEmpty() && running.peek().isDone()) {
      drainOne();
    }
  }

  private void drainOne() throws IOException {
    try {
      for (R result : running.remove().get()) {
        sink.accept(result);
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RemoteFailure failure) {
        throw failure;
      }
      throw new IllegalStateException("a dry run must not fail on an input", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
