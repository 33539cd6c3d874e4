package dev.migaki.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.Event;
import dev.migaki.ingest.persistence.ErasureReceiptEntity;
import dev.migaki.ingest.persistence.ErasureReceiptRepository;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/** Collects the receipts of all stages, so that one request tells what became of a document. */
@ApplicationScoped
public class ErasureReceipts implements EventHandler {

  private final ErasureReceiptRepository receipts;
  private final ObjectMapper mapper;
  private final Clock clock;

  ErasureReceipts(ErasureReceiptRepository receipts, ObjectMapper mapper, Clock clock) {
    this.receipts = receipts;
    this.mapper = mapper;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
    if (!(event instanceof Event.DocumentErased erased) || erased.receipt() == null) {
      return StageOutcome.ignored("no-receipt");
    }
    ErasureReceiptEntity entity = new ErasureReceiptEntity();
    entity.dataset = erased.dataset();
    entity.documentId = erased.documentId();
    entity.stage = erased.receipt().stage();
    try {
      entity.receipt = mapper.writeValueAsString(erased.receipt());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a receipt has a JSON form", e);
    }
    entity.toldAt = clock.instant();
    receipts.persist(entity);
    return StageOutcome.handled("receipt");
  }
}
