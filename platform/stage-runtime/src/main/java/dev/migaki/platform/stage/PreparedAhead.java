package dev.migaki.platform.stage;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Records that came together, prepared while those before them are committed: a commit waits for
 * disks, a preparation for processors.
 *
 * <p>At most two batches are prepared and not handled, and no more than there is time for. Not
 * thread-safe.
 */
final class PreparedAhead<T> {

  private final ParallelPreparation threads;
  private final Function<ReceivedRecord, T> preparation;
  private final int batch;
  private final List<T> ready = new ArrayList<>();
  private ParallelPreparation.@Nullable Running<T> running;

  PreparedAhead(ParallelPreparation threads, int batch, Function<ReceivedRecord, T> preparation) {
    this.threads = threads;
    this.batch = batch;
    this.preparation = preparation;
  }

  /**
   * Waits until records are prepared, and begins with those behind them.
   *
   * @param waiting all that are not handled yet, from the first on
   * @return of the first of them, at least one and at most a batch
   * @throws RuntimeException what a preparation threw; {@link #forget} is to follow
   */
  List<T> next(List<ReceivedRecord> waiting) {
    if (ready.size() < batch) {
      ParallelPreparation.Running<T> begun = running == null ? begin(waiting) : running;
      running = null;
      ready.addAll(begun.results());
    }
    if (running == null && ready.size() < waiting.size()) {
      running = begin(waiting);
    }
    return List.copyOf(ready.subList(0, Math.min(batch, ready.size())));
  }

  private ParallelPreparation.Running<T> begin(List<ReceivedRecord> waiting) {
    int from = ready.size();
    return threads.begin(
        waiting.subList(from, Math.min(waiting.size(), from + batch)), preparation);
  }

  /** So many of the first are handled. */
  void handled(int count) {
    ready.subList(0, count).clear();
  }

  /** Whatever is prepared is prepared anew. */
  void forget() {
    ready.clear();
    if (running != null) {
      running.cancel();
      running = null;
    }
  }
}
