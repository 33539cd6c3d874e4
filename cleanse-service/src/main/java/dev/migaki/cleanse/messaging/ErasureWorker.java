package dev.migaki.cleanse.messaging;

import dev.migaki.cleanse.DocumentErasure;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Carries erasures through, one after the other. */
@ApplicationScoped
public class ErasureWorker {
  private static final Logger LOG = Logger.getLogger(ErasureWorker.class);

  private final DocumentErasure erasure;

  ErasureWorker(DocumentErasure erasure) {
    this.erasure = erasure;
  }

  /** One round over what is open. */
  @Scheduled(
      every = "{migaki.cleanse.erasure-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void eraseWhatIsOpen() {
    for (long id : erasure.open()) {
      try {
        erasure.carryOut(id);
      } catch (RuntimeException e) {
        // it stays open: the next round tries again. The class only: a message may quote text
        LOG.warnf("erasure %d waits: %s", id, e.getClass().getName());
      }
    }
  }
}
