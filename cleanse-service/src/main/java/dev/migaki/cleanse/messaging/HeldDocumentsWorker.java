package dev.migaki.cleanse.messaging;

import dev.migaki.cleanse.CleanseStage;
import dev.migaki.platform.stage.HeldRecords;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Cleanses the documents that were set aside, as soon as their recipe or second reader is right.
 */
@ApplicationScoped
public class HeldDocumentsWorker {
  private final HeldRecords held;
  private final CleanseStage stage;

  HeldDocumentsWorker(HeldRecords held, CleanseStage stage) {
    this.held = held;
    this.stage = stage;
  }

  /** One round over what waits. */
  @Scheduled(
      every = "{migaki.cleanse.held-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void takeUp() {
    held.takeUp(stage);
  }
}
