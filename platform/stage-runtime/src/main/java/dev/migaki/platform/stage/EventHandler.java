package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import dev.migaki.contracts.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

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

  /**
   * What within its dataset an event is about, such as a document.
   *
   * @param version of two events about the same the one with the smaller version is out of date; an
   *     older one may come later, as a dead letter that is sent again
   */
  record Subject(String name, long version) {
    public Subject {
      requireNonNull(name, "name");
    }

    /** What an event about it takes the place of whatever its version is. */
    public static Subject lastOf(String name) {
      return new Subject(name, Long.MAX_VALUE);
    }
  }

  /**
   * What the event is about: when it is handled, what was set aside about the same and is not newer
   * is dropped. Null when nothing is to be dropped.
   */
  default @Nullable Subject subject(Event event) {
    return null;
  }

  /**
   * Whether the event may be set aside so that its partition goes on: it has a subject, and when
   * {@link #prepared} fails with a {@link TransientFailure}, that is its dataset's affair alone (a
   * wrong recipe). It and those that come behind it in its dataset are then handled by {@link
   * HeldRecords#takeUp}, in their order, as soon as that works. Events of the dataset that may not
   * wait, such as an erasure, overtake them.
   */
  default boolean mayWait(Event event) {
    return false;
  }
}
