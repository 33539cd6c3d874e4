package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;
import java.util.List;

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

  /**
   * Told, within the transaction, which new events it is about to be given together, so that what
   * has to be looked up for all of them is asked for once. Not told of an event that comes alone,
   * and not each of them may follow.
   */
  default void expect(List<Event> events) {}

  /**
   * Does what of the work needs neither the transaction nor the events before this one. Called
   * before the transaction, for events that came together on several threads at once; a failure
   * counts as one of {@link #handle}.
   *
   * @return what handles this event; this handler itself when nothing can be done ahead
   */
  default EventHandler prepared(Event event) {
    return this;
  }
}
