package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;

/**
 * Handles an event inside the transaction that also writes inbox and outbox, on a worker thread. It
 * may run twice for one event (the first transaction was rolled back), so effects outside the
 * transaction must be idempotent. It must return within a minute; longer work is stored and claimed
 * by a worker.
 */
@FunctionalInterface
public interface EventHandler {

  /**
   * @throws TransientFailure to be called again later
   * @throws PermanentFailure to move the record to the dead-letter topic
   */
  StageOutcome handle(Event event, StageContext context);
}
