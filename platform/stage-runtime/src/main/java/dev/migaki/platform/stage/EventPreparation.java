package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;
import dev.migaki.platform.stage.HeldTable.Why;
import java.time.Clock;
import java.util.Optional;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/** Makes a record that holds an event ready to be handled, or to be set aside. */
final class EventPreparation {

  private final String stage;
  private final CloudEventCodec codec;

  EventPreparation(String stage, Clock clock) {
    this.stage = stage;
    this.codec = new CloudEventCodec(stage, clock);
  }

  /** Says what is set aside without being tried, and takes note of what failed. */
  interface Held {
    /** Why whatever of this dataset may wait waits now; empty when it is tried. */
    Optional<Why> mustWait(String dataset);

    /**
     * What has failed is set aside.
     *
     * @return empty when it is not, and fails
     */
    Optional<Why> failed(StageContext context, TransientFailure failure);
  }

  /** Nothing is set aside. */
  static final Held NEVER =
      new Held() {
        @Override
        public Optional<Why> mustWait(String dataset) {
          return Optional.empty();
        }

        @Override
        public Optional<Why> failed(StageContext context, TransientFailure failure) {
          return Optional.empty();
        }
      };

  /**
   * @param held asked about events that may wait
   * @throws PermanentFailure when the record holds no event that this version knows
   */
  StageTransaction.Handling prepare(
      EventHandler handler, ReceivedRecord received, int attempt, Held held) {
    CloudEventCodec.Decoded decoded = codec.decode(received);
    Event event = decoded.event();
    StageContext context = context(received, decoded.id(), event.dataset(), attempt);
    nameInLog(context);
    EventHandler.Subject subject = handler.subject(event);
    boolean mayWait = subject != null && handler.mayWait(event);
    Optional<Why> behind = mayWait ? held.mustWait(event.dataset()) : Optional.empty();
    if (behind.isPresent()) {
      return aside(context, event, subject, behind.get());
    }
    EventHandler prepared;
    try {
      prepared = handler.prepared(event);
    } catch (TransientFailure failure) {
      Optional<Why> why = mayWait ? held.failed(context, failure) : Optional.empty();
      return aside(context, event, subject, why.orElseThrow(() -> failure));
    }
    return new StageTransaction.Handling(
        context,
        event,
        subject,
        null,
        () -> {
          nameInLog(context);
          return prepared.handle(event, context);
        });
  }

  private static StageTransaction.Handling aside(
      StageContext context, Event event, EventHandler.@Nullable Subject subject, Why why) {
    return new StageTransaction.Handling(
        context,
        event,
        subject,
        why,
        () -> {
          throw new IllegalStateException("what is set aside is not handled");
        });
  }

  StageContext context(ReceivedRecord received, String eventId, String dataset, int attempt) {
    return new StageContext(
        stage,
        eventId,
        dataset,
        attempt,
        received,
        new Cause(eventId, TraceContext.of(received, eventId).toString()));
  }

  static void nameInLog(StageContext context) {
    MDC.put("datasetId", context.dataset());
    MDC.put("eventId", context.eventId());
  }
}
