package dev.migaki.training.messaging;

import dev.migaki.contracts.EventType;
import dev.migaki.platform.stage.StageRunner;
import dev.migaki.training.TrainingStage;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
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
  public void receive(ConsumerRecord<String, byte[]> record) {
    // every document passes here; only these are worth a transaction
    if (isErasure(record)) {
      runner.run(record, stage);
    }
  }

  private static boolean isErasure(ConsumerRecord<String, byte[]> record) {
    Header type = record.headers().lastHeader("ce_type");
    return type != null
        && EventType.DOCUMENT_ERASED
            .wireName()
            .equals(new String(type.value(), StandardCharsets.UTF_8));
  }
}
