package dev.migaki.cleanse.messaging;

import dev.migaki.cleanse.CleanseStage;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands what ingest tells of documents to the stage. */
@ApplicationScoped
public class DocumentsConsumer {
  private final StageRunner runner;
  private final CleanseStage stage;

  DocumentsConsumer(StageRunner runner, CleanseStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("documents")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    runner.runAll(records, stage);
  }
}
