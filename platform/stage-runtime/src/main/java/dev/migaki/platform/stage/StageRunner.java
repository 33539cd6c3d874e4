package dev.migaki.platform.stage;

import dev.migaki.platform.stage.FailureClassifier.Decision;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Takes one record through a stage: decode, remember its id, handle, store state and outgoing
 * events in one transaction. When {@code run} returns, the effect is committed and the channel may
 * acknowledge; it throws only when the record must stay unacknowledged, because the service is
 * stopping.
 *
 * <p>A failing attempt is rolled back and repeated after a growing, jittered wait. Only a {@link
 * PermanentFailure}, an unreadable event, or a failure that nobody classified and that came back
 * every time, ends in the dead-letter topic; that letter leaves through the outbox, so it is
 * neither lost nor doubled.
 */
@ApplicationScoped
public class StageRunner {

  private static final Logger LOG = Logger.getLogger(StageRunner.class);

  private final String stage;
  private final Clock clock;
  private final StageLifecycle lifecycle;
  private final StageMetrics metrics;
  private final StageTransaction transaction;
  private final CloudEventCodec codec;
  private final Backoff backoff;
  private final FailureClassifier classifier;

  @Inject
  StageRunner(
      StageRuntimeConfig config,
      @ConfigProperty(name = "migaki.stage") String stage,
      Clock clock,
      StageLifecycle lifecycle,
      StageMetrics metrics,
      StageTransaction transaction) {
    this.stage = stage;
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.metrics = metrics;
    this.transaction = transaction;
    this.codec = new CloudEventCodec(stage, clock);
    this.backoff = new Backoff(config.retry().initialDelay(), config.retry().maxDelay());
    this.classifier = new FailureClassifier(config.retry().unexpectedAttempts());
  }

  /** For CDI's client proxy only. */
  @SuppressWarnings("NullAway")
  StageRunner() {
    this.stage = null;
    this.clock = null;
    this.lifecycle = null;
    this.metrics = null;
    this.transaction = null;
    this.codec = null;
    this.backoff = null;
    this.classifier = null;
  }

  /** Handles a CloudEvent once, however often it is delivered. */
  public void run(ConsumerRecord<String, byte[]> record, EventHandler handler) {
    ReceivedRecord received = ReceivedRecord.of(record);
    process(
        record,
        received,
        attempt -> {
          CloudEventCodec.Decoded decoded = codec.decode(received);
          MDC.put("eventId", decoded.id());
          StageContext context =
              context(received, decoded.id(), decoded.event().dataset(), attempt);
          return transaction.handle(context, () -> handler.handle(decoded.event(), context));
        });
  }

  /** Handles a record of a foreign producer once, however often it is delivered. */
  public void runRaw(ConsumerRecord<String, byte[]> record, RecordHandler handler) {
    ReceivedRecord received = ReceivedRecord.of(record);
    String key = received.key();
    process(
        record,
        received,
        attempt -> {
          StageContext context =
              context(received, received.identity(), key == null ? "" : key, attempt);
          return transaction.handle(context, () -> handler.handle(received, context));
        });
  }

  /** One try; may be repeated. */
  @FunctionalInterface
  private interface Attempt {
    StageTransaction.Result run(int attempt);
  }

  private void process(
      ConsumerRecord<String, byte[]> record, ReceivedRecord received, Attempt handling) {
    lifecycle.begin();
    metrics.received(received);
    String key = received.key();
    MDC.put("stage", stage);
    MDC.put("datasetId", key == null ? "" : key);
    MDC.put("eventId", received.identity());
    try {
      untilCommitted(record, received, handling);
    } finally {
      MDC.remove("stage");
      MDC.remove("datasetId");
      MDC.remove("eventId");
      MDC.remove("attempt");
      metrics.released(received);
      lifecycle.end();
    }
  }

  private void untilCommitted(
      ConsumerRecord<String, byte[]> record, ReceivedRecord received, Attempt handling) {
    long begun = System.nanoTime();
    Attempt current = handling;
    boolean burying = false;
    for (int attempt = 1; ; attempt++) {
      MDC.put("attempt", Integer.toString(attempt));
      try {
        StageTransaction.Result result = current.run(attempt);
        metrics.handled(received, result.label(), Duration.ofNanos(System.nanoTime() - begun));
        LOG.infof(
            "%s %s: %s, %d events",
            received.topic(), received.offset(), result.label(), result.published());
        return;
      } catch (StageLifecycle.StageStopped stopped) {
        throw stopped;
      } catch (Exception | StackOverflowError | LinkageError failure) {
        if (lifecycle.stopping()) { // whatever it says, the cause may be the shutdown itself
          throw new StageLifecycle.StageStopped();
        }
        // A dead letter that cannot be written is the world's fault, however often.
        Decision decision = classifier.decide(failure, burying ? 1 : attempt);
        if (decision instanceof Decision.DeadLetter why && !burying) {
          burying = true;
          current = burial(record, received, why, attempt, failure);
        } else {
          waitBeforeRetry(received, decision.code(), attempt, failure);
        }
      }
    }
  }

  private Attempt burial(
      ConsumerRecord<String, byte[]> record,
      ReceivedRecord received,
      Decision.DeadLetter why,
      int attempts,
      Throwable failure) {
    LOG.errorf("%s: dead letter %s: %s", received, why.code(), why.reason());
    LOG.debug("the failure behind the dead letter", failure);
    return ignored -> {
      StageTransaction.Result result =
          transaction.bury(received, DeadLetter.of(record, why, stage, attempts, clock));
      metrics.deadLettered(received, why.code());
      return result;
    };
  }

  private void waitBeforeRetry(
      ReceivedRecord received, ErrorCode code, int attempt, Throwable failure) {
    Duration delay = backoff.delayAfter(attempt, received.identity());
    metrics.retried(received, code);
    LOG.warnf(
        "%s: attempt %d failed with %s (%s); next in %d ms",
        received, attempt, code, failure.getClass().getName(), delay.toMillis());
    LOG.debug("the failure of the attempt", failure);
    lifecycle.pause(delay);
  }

  private StageContext context(
      ReceivedRecord received, String eventId, String dataset, int attempt) {
    return new StageContext(
        stage,
        eventId,
        dataset,
        attempt,
        received,
        new Cause(eventId, TraceContext.of(received, eventId).toString()));
  }
}
