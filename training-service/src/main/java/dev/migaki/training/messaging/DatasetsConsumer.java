package dev.migaki.training.messaging;

import dev.migaki.platform.stage.StageRunner;
import dev.migaki.training.TrainingStage;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands sealed versions and retrain requests to the stage. */
@ApplicationScoped
public class DatasetsConsumer {
  private final StageRunner runner;
  private final TrainingStage stage;

  DatasetsConsumer(StageRunner runner, TrainingStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("datasets")
  @Blocking
  public void receive(ConsumerRecord<String, byte[]> record) {
    runner.run(record, stage);
  }
}
