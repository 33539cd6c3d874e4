package dev.migaki.cleanse;

import dev.migaki.cleanse.SealingSnapshots.Snapshot;
import dev.migaki.datasets.sealing.SealingProgress;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Watches sealings that take long: tells how far each has come, and ends one whose result would be
 * thrown away because a document in it was erased.
 */
@ApplicationScoped
public class SealingWatch {
  private static final Logger LOG = Logger.getLogger(SealingWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final SealingSnapshots snapshots;
  private final Clock clock;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  SealingWatch(SealingSnapshots snapshots, Clock clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  /**
   * How far a sealing has come.
   *
   * @param done of {@code total} in this step; both 0 where it does not count
   */
  public record State(Instant since, String step, long done, long total) {}

  /** How far the sealing of a dataset has come; empty while this process seals it not. */
  public Optional<State> state(String dataset) {
    return Optional.ofNullable(states.get(dataset));
  }

  /**
   * Begins to watch; {@link #end} ends it. What is returned throws {@link
   * SealingSnapshots.SnapshotVoid} from within the sealing.
   */
  SealingProgress begin(Snapshot snapshot) {
    return new Watch(snapshot, clock.instant());
  }

  void end(String dataset) {
    states.remove(dataset);
  }

  /** One sealing; called by the thread that seals. */
  private final class Watch implements SealingProgress {
    private final Snapshot snapshot;
    private final Instant since;
    private Instant looked;
    private Instant told;

    private Watch(Snapshot snapshot, Instant since) {
      this.snapshot = snapshot;
      this.since = since;
      this.looked = since;
      this.told = since;
    }

    @Override
    public void at(Step step, long done, long total) {
      Instant now = clock.instant();
      if (done == 0 || !now.isBefore(looked.plus(BETWEEN_LOOKS))) {
        states.put(snapshot.name(), new State(since, step.label(), done, total));
      }
      if (now.isBefore(looked.plus(BETWEEN_LOOKS))) {
        return;
      }
      looked = now;
      if (!now.isBefore(told.plus(BETWEEN_LINES))) {
        told = now;
        LOG.infof(
            "still sealing: datasetId=%s step=%s done=%d total=%d seconds=%d",
            snapshot.name(), step.label(), done, total, Duration.between(since, now).toSeconds());
      }
      if (!snapshots.isValid(snapshot)) {
        throw new SealingSnapshots.SnapshotVoid();
      }
    }
  }
}
