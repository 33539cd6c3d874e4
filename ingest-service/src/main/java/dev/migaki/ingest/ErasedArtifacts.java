package dev.migaki.ingest;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.ingest.persistence.ArtifactToRemoveEntity;
import dev.migaki.ingest.persistence.ArtifactToRemoveRepository;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.platform.artifacts.ArtifactFailure;
import dev.migaki.platform.artifacts.ArtifactStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Removes what erased documents left in the artifact store, once their time has come and unless
 * another document has the same content. The list lies in the database, so a crash delays a removal
 * but never forgets it.
 */
@ApplicationScoped
public class ErasedArtifacts {

  private static final Logger LOG = Logger.getLogger(ErasedArtifacts.class);
  private static final long PERIOD_SECONDS = 30;

  private final ArtifactToRemoveRepository removals;
  private final DocumentVersionRepository documents;
  private final ArtifactStore artifacts;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "erased-artifacts");
            thread.setDaemon(true);
            return thread;
          });

  ErasedArtifacts(
      ArtifactToRemoveRepository removals,
      DocumentVersionRepository documents,
      ArtifactStore artifacts,
      Clock clock) {
    this.removals = removals;
    this.documents = documents;
    this.artifacts = artifacts;
    this.clock = clock;
  }

  void start(@Observes StartupEvent started) {
    var unused =
        timer.scheduleWithFixedDelay(
            this::removeOrRetry, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
  }

  private void removeOrRetry() {
    try {
      removeDue();
    } catch (RuntimeException e) {
      // the list is in the database: the next round tries again
      LOG.warnf("erased artifacts stay for now: %s", e.getClass().getName());
    }
  }

  /** Removes everything that is due. */
  public void removeDue() {
    QuarkusTransaction.requiringNew()
        .run(() -> removals.due(clock.instant()).forEach(this::remove));
  }

  private void remove(ArtifactToRemoveEntity entry) {
    if (!documents.isReferenced(entry.sha256)) {
      ArtifactRef artifact =
          new ArtifactRef(entry.location, entry.sha256, entry.sizeBytes, entry.mediaType);
      try {
        artifacts.delete(artifact);
      } catch (ArtifactFailure e) {
        LOG.warnf("artifact %s stays for now: %s", entry.sha256, e.code());
        return;
      }
    }
    removals.delete(entry);
  }
}
