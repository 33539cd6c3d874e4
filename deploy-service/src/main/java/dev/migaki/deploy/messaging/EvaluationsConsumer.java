package dev.migaki.deploy.messaging;

import dev.migaki.contracts.EventType;
import dev.migaki.deploy.DeployStage;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands judged models to the stage. */
@ApplicationScoped
public class EvaluationsConsumer {
  private static final Set<EventType> VERDICTS = Set.of(EventType.MODEL_EVALUATED);

  private final StageRunner runner;
  private final DeployStage stage;

  EvaluationsConsumer(StageRunner runner, DeployStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("evaluations")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    runner.runOnly(VERDICTS, records, stage);
  }
}
