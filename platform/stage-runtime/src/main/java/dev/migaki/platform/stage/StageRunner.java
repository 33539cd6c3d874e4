package dev.migaki.platform.stage;

import dev.migaki.contracts.EventType;
import dev.migaki.platform.stage.FailureClassifier.Decision;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.header.Header;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Takes one record through a stage: decode, remember its id, handle, store state and outgoing
 * events in one transaction. When {@code run} returns, the effect is committed and the channel may
 * acknowledge; it throws only when the record must stay unacknowledged, because the service is
 * stopping.
 *
 * <p>Records that come together may share a transaction ({@link #runAll}): a commit costs more than
 * most records do.
 *
 * <p>A failing attempt is rolled back and repeated after a growing, jittered wait. Only a {@link
 * PermanentFailure}, an unreadable event, or a failure that nobody classified and that came back
 * every time, ends in the dead-letter topic; that letter leaves through the outbox, so it is
 * neither lost nor doubled.
 *
 * <p>What fails for a reason of its dataset alone is set aside, so that the partition goes on
 * ({@link EventHandler#mayWait}).
 */
@ApplicationScoped
public class StageRunner {

  private static final Logger LOG = Logger.getLogger(StageRunner.class);

  private final String stage;
  private final Clock clock;
  private final StageLifecycle lifecycle;
  private final StageMetrics metrics;
  private final StageTransaction transaction;
  private final EventPreparation events;
  private final EventPreparation.Held held;
  private final Backoff backoff;
  private final FailureClassifier classifier;
  private final StageRuntimeConfig.Batch batch;
  private final ParallelPreparation threads;

  @Inject
  StageRunner(
      StageRuntimeConfig config,
      @ConfigProperty(name = "migaki.stage") String stage,
      Clock clock,
      StageLifecycle lifecycle,
      StageMetrics metrics,
      StageTransaction transaction,
      HeldRecords held) {
    this.stage = stage;
    this.clock = clock;
    this.lifecycle = lifecycle;
    this.metrics = metrics;
    this.transaction = transaction;
    this.events = new EventPreparation(stage, clock);
    this.held = held.aside();
    this.backoff = new Backoff(config.retry().initialDelay(), config.retry().maxDelay());
    this.classifier = new FailureClassifier(config.retry().unexpectedAttempts());
    this.batch = config.batch();
    this.threads =
        new ParallelPreparation(
            batch.threads().orElse(Runtime.getRuntime().availableProcessors()), batch.time());
  }

  /** For CDI's client proxy only. */
  @SuppressWarnings("NullAway")
  StageRunner() {
    this.stage = null;
    this.clock = null;
    this.lifecycle = null;
    this.metrics = null;
    this.transaction = null;
    this.events = null;
    this.held = null;
    this.backoff = null;
    this.classifier = null;
    this.batch = null;
    this.threads = null;
  }

  @PreDestroy
  void close() {
    threads.close();
  }

  /** Handles a CloudEvent once, however often it is delivered. */
  public void run(ConsumerRecord<String, byte[]> record, EventHandler handler) {
    ReceivedRecord received = ReceivedRecord.of(record);
    process(record, received, singly(received, (one, attempt) -> event(handler, one, attempt)));
  }

  /** {@link #run} of those of some records that hold an event of these types. */
  public void runOnly(
      Set<EventType> types, ConsumerRecords<String, byte[]> records, EventHandler handler) {
    Set<String> names = types.stream().map(EventType::wireName).collect(Collectors.toSet());
    for (ConsumerRecord<String, byte[]> record : records) {
      Header type = record.headers().lastHeader("ce_type");
      if (type != null && names.contains(new String(type.value(), StandardCharsets.UTF_8))) {
        run(record, handler);
      }
    }
  }

  /**
   * {@link #run} of each record in the order of its partition. Those that come together are
   * committed together; when that fails, each is handled by itself.
   */
  public void runAll(ConsumerRecords<String, byte[]> records, EventHandler handler) {
    processAll(
        records,
        (received, attempt) -> event(handler, received, attempt),
        handlings -> expect(handler, handlings));
  }

  /** Handles a record of a foreign producer once, however often it is delivered. */
  public void runRaw(ConsumerRecord<String, byte[]> record, RecordHandler handler) {
    ReceivedRecord received = ReceivedRecord.of(record);
    process(record, received, singly(received, (one, attempt) -> raw(handler, one, attempt)));
  }

  /** {@link #runRaw} of each record, committed together as with {@link #runAll}. */
  public void runAllRaw(ConsumerRecords<String, byte[]> records, RecordHandler handler) {
    processAll(
        records,
        (received, attempt) -> raw(handler, received, attempt),
        handlings -> expectRaw(handler, handlings));
  }

  /** Makes a record ready to be handled, in whatever transaction; may be called by any thread. */
  @FunctionalInterface
  private interface Preparation {
    StageTransaction.Handling of(ReceivedRecord received, int attempt);
  }

  private StageTransaction.Handling event(
      EventHandler handler, ReceivedRecord received, int attempt) {
    return events.prepare(handler, received, attempt, held);
  }

  private static void expect(EventHandler handler, List<StageTransaction.Handling> handlings) {
    handler.expect(
        handlings.stream()
            .map(StageTransaction.Handling::event)
            .map(Objects::requireNonNull)
            .toList());
  }

  private StageTransaction.Handling raw(
      RecordHandler handler, ReceivedRecord received, int attempt) {
    String key = received.key();
    StageContext context =
        events.context(received, received.identity(), key == null ? "" : key, attempt);
    return new StageTransaction.Handling(
        context,
        null,
        null,
        null,
        () -> {
          EventPreparation.nameInLog(context);
          return handler.handle(received, context);
        });
  }

  private static void expectRaw(RecordHandler handler, List<StageTransaction.Handling> handlings) {
    handler.expectRecords(handlings.stream().map(handling -> handling.context().record()).toList());
  }

  private Attempt singly(ReceivedRecord received, Preparation preparation) {
    return attempt -> transaction.handle(preparation.of(received, attempt));
  }

  private void processAll(
      ConsumerRecords<String, byte[]> records,
      Preparation preparation,
      Consumer<List<StageTransaction.Handling>> expectation) {
    List<ConsumerRecord<String, byte[]>> waiting = new ArrayList<>();
    List<ReceivedRecord> received = new ArrayList<>();
    for (ConsumerRecord<String, byte[]> record : records) {
      waiting.add(record);
      received.add(ReceivedRecord.of(record));
    }
    PreparedAhead<StageTransaction.Handling> ahead =
        new PreparedAhead<>(threads, batch.records(), record -> preparation.of(record, 1));
    try {
      for (int from = 0; from < waiting.size(); ) {
        List<ReceivedRecord> left = received.subList(from, received.size());
        int done = left.size() == 1 ? 0 : processTogether(left, ahead, expectation);
        if (done == 0) {
          ahead.forget();
          done = Math.min(batch.records(), left.size());
          for (int i = 0; i < done; i++) {
            process(waiting.get(from + i), left.get(i), singly(left.get(i), preparation));
          }
        }
        from += done;
      }
    } finally {
      ahead.forget();
    }
  }

  /** How many of the first records are committed; 0 when each has to be handled by itself. */
  private int processTogether(
      List<ReceivedRecord> waiting,
      PreparedAhead<StageTransaction.Handling> ahead,
      Consumer<List<StageTransaction.Handling>> expectation) {
    lifecycle.begin();
    MDC.put("stage", stage);
    MDC.put("attempt", "1");
    List<ReceivedRecord> inHand = waiting.subList(0, Math.min(batch.records(), waiting.size()));
    inHand.forEach(metrics::inHand);
    try {
      long begun = System.nanoTime();
      List<StageTransaction.Handling> handlings = ahead.next(waiting);
      List<StageTransaction.Result> results =
          transaction.handle(handlings, batch.time(), expectation);
      Duration each = Duration.ofNanos((System.nanoTime() - begun) / results.size());
      for (int i = 0; i < results.size(); i++) {
        metrics.received(waiting.get(i));
        EventPreparation.nameInLog(handlings.get(i).context());
        handled(waiting.get(i), results.get(i), each);
      }
      ahead.handled(results.size());
      return results.size();
    } catch (Exception | StackOverflowError | LinkageError failure) {
      if (lifecycle.stopping()) {
        throw new StageLifecycle.StageStopped();
      }
      LOG.debug("records are handled one by one: together they fail", failure);
      return 0;
    } finally {
      MDC.remove("stage");
      MDC.remove("datasetId");
      MDC.remove("eventId");
      MDC.remove("attempt");
      inHand.forEach(metrics::released);
      lifecycle.end();
    }
  }

  /** One try; may be repeated. */
  @FunctionalInterface
  private interface Attempt {
    StageTransaction.Result run(int attempt);
  }

  private void process(
      ConsumerRecord<String, byte[]> record, ReceivedRecord received, Attempt handling) {
    lifecycle.begin();
    metrics.inHand(received);
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
        handled(received, result, Duration.ofNanos(System.nanoTime() - begun));
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
          waitBeforeRetry(received, decision, attempt, failure);
        }
      }
    }
  }

  private void handled(ReceivedRecord received, StageTransaction.Result result, Duration duration) {
    metrics.handled(received, result.label(), duration);
    LOG.infof(
        "%s %s: %s, %d events",
        received.topic(), received.offset(), result.label(), result.published());
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
      ReceivedRecord received, Decision decision, int attempt, Throwable failure) {
    Duration delay = backoff.delayAfter(attempt, received.identity());
    metrics.retried(received, decision.code());
    LOG.warnf(
        "%s: attempt %d failed with %s (%s); next in %d ms",
        received, attempt, decision.code(), decision.reason(), delay.toMillis());
    LOG.debug("the failure of the attempt", failure);
    lifecycle.pause(delay);
  }
}
