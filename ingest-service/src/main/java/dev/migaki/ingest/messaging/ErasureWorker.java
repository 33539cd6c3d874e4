package dev.migaki.ingest.messaging;

import dev.migaki.ingest.DocumentErasure;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
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

  private void eraseWhatIsDue() {
    try {
      for (long id : erasure.due()) {
        erasure.carryOut(id);
      }
    } catch (RuntimeException e) {
      // the list is in the database: the next round tries again
      LOG.warnf("erasures wait: %s", e.getClass().getName());
    }
  }
}
