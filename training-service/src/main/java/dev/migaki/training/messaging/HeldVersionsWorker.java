package dev.migaki.training.messaging;

import dev.migaki.platform.stage.HeldRecords;
import dev.migaki.training.TrainingStage;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;

/** Considers the versions that were set aside, as soon as their recipe is right. */
@ApplicationScoped
public class HeldVersionsWorker {
  private final HeldRecords held;
  private final TrainingStage stage;

  HeldVersionsWorker(HeldRecords held, TrainingStage stage) {
    this.held = held;
    this.stage = stage;
  }

  /** One round over what waits. */
  @Scheduled(
      every = "{migaki.training.held-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void takeUp() {
    held.takeUp(stage);
  }
}
