package dev.migaki.platform.testing.harness;

import dev.migaki.platform.stage.HeldRecords;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Takes up what was set aside, as a service's scheduled worker does. */
@ApplicationScoped
public class HarnessWorker {
  private final HeldRecords held;
  private final HarnessStage stage;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  @Inject
  HarnessWorker(HeldRecords held, HarnessStage stage) {
    this.held = held;
    this.stage = stage;
  }

  void start(@Observes StartupEvent event) {
    thread.scheduleWithFixedDelay(() -> held.takeUp(stage), 0, 100, TimeUnit.MILLISECONDS);
  }

  void stop(@Observes ShutdownEvent event) {
    thread.shutdown();
  }
}
