package dev.migaki.ingest.messaging;

import dev.migaki.contracts.EventType;
import dev.migaki.ingest.ErasureReceipts;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** Hands what stages tell of erasures to the collection of receipts. */
@ApplicationScoped
public class ReceiptsConsumer {
  private final StageRunner runner;
  private final ErasureReceipts stage;

  ReceiptsConsumer(StageRunner runner, ErasureReceipts stage) {
    this.runner = runner;
    this.stage = stage;
  }

  @Incoming("receipts")
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
