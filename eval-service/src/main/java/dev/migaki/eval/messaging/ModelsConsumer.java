package dev.migaki.eval.messaging;

import dev.migaki.eval.EvalStage;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands trained models to the stage. */
@ApplicationScoped
public class ModelsConsumer {
  private final StageRunner runner;
  private final EvalStage stage;

  ModelsConsumer(StageRunner runner, EvalStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("models")
  @Blocking
  public void receive(ConsumerRecord<String, byte[]> record) {
    runner.run(record, stage);
  }
}
