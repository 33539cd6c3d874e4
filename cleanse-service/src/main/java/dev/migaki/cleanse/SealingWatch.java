package dev.migaki.cleanse;

import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.datasets.sealing.SealingProgress;
import io.quarkus.narayana.jta.QuarkusTransaction;
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
 * thrown away because the dataset has changed.
 */
@ApplicationScoped
public class SealingWatch {
  private static final Logger LOG = Logger.getLogger(SealingWatch.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(30);

  private final DatasetRepository datasets;
  private final Clock clock;
  private final Map<String, State> states = new ConcurrentHashMap<>();

  SealingWatch(DatasetRepository datasets, Clock clock) {
    this.datasets = datasets;
    this.clock = clock;
  }

  /**
   * How far a sealing has come.
   *
   * @param done of {@code total} in this step; both 0 where it does not count
   */
  public record State(Instant since, String step, long done, long total) {}

  /** The dataset is no longer what is being sealed. */
  static final class ChangedMeanwhile extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private ChangedMeanwhile() {
      super("the dataset changed while it was sealed");
    }
  }

  /** How far the sealing of a dataset has come; empty while this process seals it not. */
  public Optional<State> state(String dataset) {
    return Optional.ofNullable(states.get(dataset));
  }

  /**
   * Begins to watch; {@link #end} ends it. What is returned throws {@link ChangedMeanwhile} from
   * within the sealing.
   */
  SealingProgress begin(DatasetEntity picture) {
    return new Watch(picture.dataset, picture.revision, clock.instant());
  }

  void end(String dataset) {
    states.remove(dataset);
  }

  /** One sealing; called by the thread that seals. */
  private final class Watch implements SealingProgress {
    private final String dataset;
    private final long revision;
    private final Instant since;
    private Instant looked;
    private Instant told;

    private Watch(String dataset, long revision, Instant since) {
      this.dataset = dataset;
      this.revision = revision;
      this.since = since;
      this.looked = since;
      this.told = since;
    }

    @Override
    public void at(Step step, long done, long total) {
      Instant now = clock.instant();
      if (done == 0 || !now.isBefore(looked.plus(BETWEEN_LOOKS))) {
        states.put(dataset, new State(since, step.label(), done, total));
      }
      if (now.isBefore(looked.plus(BETWEEN_LOOKS))) {
        return;
      }
      looked = now;
      if (!now.isBefore(told.plus(BETWEEN_LINES))) {
        told = now;
        LOG.infof(
            "still sealing: datasetId=%s step=%s done=%d total=%d seconds=%d",
            dataset, step.label(), done, total, Duration.between(since, now).toSeconds());
      }
      if (QuarkusTransaction.requiringNew().call(() -> datasets.revision(dataset)) != revision) {
        throw new ChangedMeanwhile();
      }
    }
  }
}
