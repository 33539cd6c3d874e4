package dev.migaki.platform.stage;

import dev.migaki.platform.stage.FailureClassifier.Decision;
import dev.migaki.platform.stage.HeldTable.Row;
import dev.migaki.platform.stage.HeldTable.Why;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * Records that were set aside because of something that concerns their dataset alone: a recipe that
 * does not read, a second reader that does not answer. They lie in the database, so their partition
 * goes on, and a restart finds them again.
 *
 * <p>While a dataset fails, what comes for it is set aside without being tried; the record in front
 * is tried again after growing waits. When it is handled, those behind it follow in their order,
 * and what comes meanwhile is handled as usual: about one subject the newest record wins, whichever
 * way it takes.
 */
@ApplicationScoped
public class HeldRecords {

  private static final Logger LOG = Logger.getLogger(HeldRecords.class);

  /** After this the other datasets have their turn. */
  private static final Duration TURN = Duration.ofSeconds(10);

  private static final Duration BETWEEN_COUNTS = Duration.ofSeconds(5);

  private final DataSource dataSource;
  private final StageTransaction transaction;
  private final StageLifecycle lifecycle;
  private final StageMetrics metrics;
  private final Clock clock;
  private final String stage;
  private final HeldTable table;
  private final EventPreparation events;
  private final Backoff backoff;
  private final FailureClassifier classifier;
  private final Map<String, Why> failing = new ConcurrentHashMap<>();
  private volatile boolean known;
  private Instant countDue = Instant.EPOCH;

  @Inject
  HeldRecords(
      DataSource dataSource,
      StageRuntimeConfig config,
      StageTransaction transaction,
      StageLifecycle lifecycle,
      StageMetrics metrics,
      Clock clock,
      @ConfigProperty(name = "migaki.stage") String stage) {
    this.dataSource = dataSource;
    this.transaction = transaction;
    this.lifecycle = lifecycle;
    this.metrics = metrics;
    this.clock = clock;
    this.stage = stage;
    this.table = new HeldTable(stage);
    this.events = new EventPreparation(stage, clock);
    this.backoff = new Backoff(config.retry().initialDelay(), config.retry().maxDelay());
    this.classifier = new FailureClassifier(config.retry().unexpectedAttempts());
  }

  /**
   * The records of a dataset that wait.
   *
   * @param since when the oldest of them was set aside
   * @param code why that one waits
   * @param reason the same for people; holds no text of documents
   * @param attempts how often that one was tried
   */
  public record Waiting(
      String dataset,
      long records,
      Instant since,
      String code,
      String reason,
      int attempts,
      Instant nextAttempt) {}

  /** What waits, by dataset. */
  public List<Waiting> waiting() {
    return inTransaction(
        connection -> {
          Map<String, Long> counts = table.counts(connection);
          return table.oldestOfEach(connection).stream()
              .map(row -> waiting(row, counts.getOrDefault(row.subject().dataset(), 1L)))
              .toList();
        });
  }

  /** Why the record in front of a dataset waits; empty when none does. */
  public Optional<ErrorCode> reason(String dataset) {
    return inTransaction(connection -> table.oldest(connection, dataset))
        .map(row -> row.why().code());
  }

  private static Waiting waiting(Row row, long records) {
    return new Waiting(
        row.subject().dataset(),
        records,
        row.heldAt(),
        row.why().code().name(),
        row.why().reason(),
        row.why().attempts(),
        row.nextAttempt());
  }

  EventPreparation.Held aside() {
    return new EventPreparation.Held() {
      @Override
      public Optional<Why> mustWait(String dataset) {
        if (!known) { // after a start: what failed before fails still
          inTransaction(table::oldestOfEach)
              .forEach(row -> failing.putIfAbsent(row.subject().dataset(), row.why()));
          known = true;
        }
        return Optional.ofNullable(failing.get(dataset))
            .map(why -> new Why(why.code(), why.reason(), 0));
      }

      @Override
      public Optional<Why> failed(StageContext context, TransientFailure failure) {
        Decision decision = classifier.decide(failure, context.attempt());
        if (decision instanceof Decision.DeadLetter) {
          return Optional.empty();
        }
        Why why = new Why(decision.code(), decision.reason(), context.attempt());
        failing.put(context.dataset(), why);
        metrics.retried(context.record(), why.code());
        LOG.warnf(
            "%s: set aside with %s (%s); other datasets go on",
            context.record(), why.code(), why.reason());
        return Optional.of(why);
      }
    };
  }

  /**
   * One round over what waits: tries the record in front of each dataset whose time has come, and
   * when it is handled, those behind it. To be called again and again by one thread; a round that
   * fails leaves all as it is.
   *
   * @return how many wait no more
   */
  public int takeUp(EventHandler handler) {
    try {
      return oneRound(handler);
    } catch (StageLifecycle.StageStopped stopped) {
      return 0;
    } catch (RuntimeException e) {
      // nothing is lost: the next round tries again. The class only, a message may quote text
      LOG.warnf("what was set aside waits: %s", e.getClass().getName());
      return 0;
    }
  }

  private int oneRound(EventHandler handler) {
    List<Row> fronts = inTransaction(table::oldestOfEach);
    failing
        .keySet()
        .retainAll(fronts.stream().map(row -> row.subject().dataset()).collect(Collectors.toSet()));
    int done = 0;
    for (Row front : fronts) {
      if (!front.nextAttempt().isAfter(clock.instant())) {
        done += takeUp(front, handler);
      }
    }
    count();
    return done;
  }

  private int takeUp(Row front, EventHandler handler) {
    Instant end = clock.instant().plus(TURN);
    String dataset = front.subject().dataset();
    Optional<Row> next = Optional.of(front);
    int done = 0;
    while (next.isPresent() && !clock.instant().isAfter(end) && tryOnce(next.get(), handler)) {
      done++;
      failing.remove(dataset);
      next = inTransaction(connection -> table.oldest(connection, dataset));
    }
    return done;
  }

  /** Whether the record waits no more. */
  private boolean tryOnce(Row row, EventHandler handler) {
    ReceivedRecord record = row.record();
    int attempt = row.why().attempts() + 1;
    lifecycle.begin();
    MDC.put("stage", stage);
    MDC.put("attempt", Integer.toString(attempt));
    long begun = System.nanoTime();
    try {
      StageTransaction.Handling handling =
          events.prepare(handler, record, attempt, EventPreparation.NEVER);
      transaction
          .takeUp(row, handling)
          .ifPresent(
              result -> handled(record, result, Duration.ofNanos(System.nanoTime() - begun)));
      return true;
    } catch (Exception | StackOverflowError | LinkageError failure) {
      if (lifecycle.stopping()) {
        throw new StageLifecycle.StageStopped();
      }
      return failed(row, attempt, failure);
    } finally {
      MDC.remove("stage");
      MDC.remove("datasetId");
      MDC.remove("eventId");
      MDC.remove("attempt");
      lifecycle.end();
    }
  }

  private void handled(ReceivedRecord record, StageTransaction.Result result, Duration duration) {
    metrics.handled(record, result.label(), duration);
    LOG.infof(
        "%s %s, set aside before: %s, %d events",
        record.topic(), record.offset(), result.label(), result.published());
  }

  private boolean failed(Row row, int attempt, Throwable failure) {
    ReceivedRecord record = row.record();
    Decision decision = classifier.decide(failure, attempt);
    if (decision instanceof Decision.DeadLetter why) {
      LOG.errorf("%s: dead letter %s: %s", record, why.code(), why.reason());
      LOG.debug("the failure behind the dead letter", failure);
      if (transaction.bury(row, DeadLetter.of(record(record), why, stage, attempt, clock))) {
        metrics.deadLettered(record, why.code());
      }
      return true;
    }
    Duration delay = backoff.delayAfter(attempt, record.identity());
    Why why = new Why(decision.code(), decision.reason(), attempt);
    failing.put(row.subject().dataset(), why);
    metrics.retried(record, why.code());
    LOG.warnf(
        "%s: set aside, attempt %d failed with %s (%s); next in %d ms",
        record, attempt, why.code(), why.reason(), delay.toMillis());
    LOG.debug("the failure of the attempt", failure);
    Instant next = clock.instant().plus(delay);
    inTransaction(
        connection -> {
          table.postpone(connection, row.id(), why, next);
          return row;
        });
    return false;
  }

  private static ConsumerRecord<String, byte[]> record(ReceivedRecord record) {
    RecordHeaders headers = new RecordHeaders();
    record.headers().forEach(headers::add);
    byte[] value = record.value();
    String key = record.key();
    return new ConsumerRecord<>(
        record.topic(),
        record.partition(),
        record.offset(),
        record.timestamp().toEpochMilli(),
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.getBytes(StandardCharsets.UTF_8).length,
        value == null ? -1 : value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  private void count() {
    Instant now = clock.instant();
    if (now.isBefore(countDue)) {
      return;
    }
    countDue = now.plus(BETWEEN_COUNTS);
    List<Waiting> waiting = waiting();
    metrics.heldBack(
        waiting.stream().mapToLong(Waiting::records).sum(),
        waiting.stream().map(Waiting::since).min(Instant::compareTo));
  }

  /** Work with the database in a transaction of its own. */
  @FunctionalInterface
  private interface Work<T> {
    T with(Connection connection) throws SQLException;
  }

  private <T> T inTransaction(Work<T> work) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              try (Connection connection = dataSource.getConnection()) {
                return work.with(connection);
              }
            });
  }
}
