package dev.migaki.ingest.messaging;

import dev.migaki.ingest.DocumentErasure;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Carries erasures through when their time has come. */
@ApplicationScoped
public class ErasureWorker {

  private static final Logger LOG = Logger.getLogger(ErasureWorker.class);
  private static final long PERIOD_SECONDS = 2;

  private final DocumentErasure erasure;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "erasures");
            thread.setDaemon(true);
            return thread;
          });

  ErasureWorker(DocumentErasure erasure) {
    this.erasure = erasure;
  }

  void start(@Observes StartupEvent started) {
    var unused =
        timer.scheduleWithFixedDelay(
            this::eraseWhatIsDue, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  void stop(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
  }

  /** Those of an archive together; one that fails must not keep the others. */
  private void carryOut(List<Long> due) {
    try {
      erasure.carryOut(due);
    } catch (RuntimeException e) {
      LOG.debugf("erasures one by one: %s", e.getClass().getName());
      due.forEach(id -> erasure.carryOut(List.of(id)));
    }
  }

  private void eraseWhatIsDue() {
    try {
      List<Long> due = erasure.due();
      while (!due.isEmpty()) {
        carryOut(due);
        due = erasure.due();
      }
    } catch (RuntimeException e) {
      // the list is in the database: the next round tries again
      LOG.warnf("erasures wait: %s", e.getClass().getName());
    }
  }
}
