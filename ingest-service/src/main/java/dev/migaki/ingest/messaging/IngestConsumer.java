package dev.migaki.ingest.messaging;

import dev.migaki.ingest.IngestStage;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands what lies at the front door to the stage. */
@ApplicationScoped
public class IngestConsumer {
  private final StageRunner runner;
  private final IngestStage stage;

  IngestConsumer(StageRunner runner, IngestStage stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("ingest")
  @Blocking
  public void receive(ConsumerRecords<String, byte[]> records) {
    runner.runAllRaw(records, stage);
  }
}
