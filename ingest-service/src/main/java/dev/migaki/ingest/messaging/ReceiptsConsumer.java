package dev.migaki.ingest.messaging;

import dev.migaki.contracts.EventType;
import dev.migaki.ingest.ErasureReceipts;
import dev.migaki.platform.stage.StageRunner;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecords;
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
  public void receive(ConsumerRecords<String, byte[]> records) {
    // every document passes here; only these are worth a transaction
    runner.runOnly(Set.of(EventType.DOCUMENT_ERASED), records, stage);
  }
}
