package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

/**
 * Where a handler is.
 *
 * @param stage name of the stage
 * @param eventId id of the event being handled; for a foreign record its {@link
 *     ReceivedRecord#identity()}
 * @param dataset name of the dataset; empty for a foreign record without a key
 * @param attempt counts from 1
 * @param record the record as it lay on the topic
 * @param cause what to hand to {@link TransactionalOutbox} when the work goes on after the handler
 *     has returned
 */
public record StageContext(
    String stage, String eventId, String dataset, int attempt, ReceivedRecord record, Cause cause) {

  public StageContext {
    requireNonNull(stage, "stage");
    requireNonNull(eventId, "eventId");
    requireNonNull(dataset, "dataset");
    requireNonNull(record, "record");
    requireNonNull(cause, "cause");
  }
}
