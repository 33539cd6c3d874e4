package dev.migaki.training.messaging;

import dev.migaki.contracts.EventType;
import dev.migaki.platform.stage.StageRunner;
import dev.migaki.training.TrainingStage;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands what is told of withdrawn documents to the stage. */
@ApplicationScoped
public class DocumentsConsumer {
  private final StageRunner runner;
  private final TrainingStage stage;

  DocumentsConsumer(StageRunner runner, TrainingStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("documents")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    // every document passes here; only these are worth a transaction
    runner.runOnly(Set.of(EventType.DOCUMENT_ERASED), records, stage);
  }
}
