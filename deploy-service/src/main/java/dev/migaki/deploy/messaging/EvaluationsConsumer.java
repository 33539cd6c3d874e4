package dev.migaki.deploy.messaging;

import dev.migaki.deploy.DeployStage;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands judged models to the stage. */
@ApplicationScoped
public class EvaluationsConsumer {
  private final StageRunner runner;
  private final DeployStage stage;

  EvaluationsConsumer(StageRunner runner, DeployStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("evaluations")
  @Blocking
  public void receive(ConsumerRecord<String, byte[]> record) {
    runner.run(record, stage);
  }
}
