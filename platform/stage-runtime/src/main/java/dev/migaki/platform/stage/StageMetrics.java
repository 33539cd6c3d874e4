package dev.migaki.platform.stage;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The same numbers for every stage; the tags are bounded: stage, topic, outcome and error code,
 * never an id.
 */
@ApplicationScoped
class StageMetrics {

  private static final Duration[] BUCKETS = {
    Duration.ofMillis(5),
    Duration.ofMillis(20),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(2),
    Duration.ofSeconds(10),
    Duration.ofSeconds(60)
  };

  private final MeterRegistry registry;
  private final String stage;
  private final Clock clock;
  private final Map<String, Instant> waiting = new ConcurrentHashMap<>();
  private final AtomicLong outboxDepth = new AtomicLong();
  private final AtomicLong heldRecords = new AtomicLong();
  private volatile @Nullable Instant heldSince;
  private final Map<String, Counter> received = new ConcurrentHashMap<>();
  private final Map<Handled, Counter> handled = new ConcurrentHashMap<>();
  private final Map<String, Timer> durations = new ConcurrentHashMap<>();

  /** What a counter of handled records counts; both are of bounded sets. */
  private record Handled(String topic, String outcome) {}

  @Inject
  StageMetrics(
      MeterRegistry registry, Clock clock, @ConfigProperty(name = "migaki.stage") String stage) {
    this.registry = registry;
    this.clock = clock;
    this.stage = stage;
    Gauge.builder("migaki.stage.oldest.waiting", this, StageMetrics::oldestWaitingSeconds)
        .description(
            "Age of the oldest record in hand, counted from when it was written to its topic")
        .baseUnit("seconds")
        .tag("stage", stage)
        .strongReference(true)
        .register(registry);
    Gauge.builder("migaki.stage.outbox.depth", outboxDepth, AtomicLong::doubleValue)
        .description("Committed records that the broker has not acknowledged yet")
        .tag("stage", stage)
        .strongReference(true)
        .register(registry);
    Gauge.builder("migaki.stage.held.records", heldRecords, AtomicLong::doubleValue)
        .description("Records set aside until their dataset's recipe or second reader is right")
        .tag("stage", stage)
        .strongReference(true)
        .register(registry);
    Gauge.builder("migaki.stage.held.oldest", this, StageMetrics::oldestHeldSeconds)
        .description("How long the oldest of the records that are set aside has waited")
        .baseUnit("seconds")
        .tag("stage", stage)
        .strongReference(true)
        .register(registry);
  }

  /** The record waits for its commit; until {@link #released}. */
  void inHand(ReceivedRecord record) {
    waiting.put(record.identity(), record.timestamp());
  }

  void received(ReceivedRecord record) {
    received
        .computeIfAbsent(
            record.topic(),
            topic ->
                counter(
                    "migaki.stage.records.received",
                    "Records taken from a topic, redeliveries included",
                    topic))
        .increment();
  }

  /** The record is no longer in hand, whatever became of it. */
  void released(ReceivedRecord record) {
    waiting.remove(record.identity());
  }

  void handled(ReceivedRecord record, String outcome, Duration duration) {
    handled.computeIfAbsent(new Handled(record.topic(), outcome), this::handled).increment();
    durations.computeIfAbsent(record.topic(), this::duration).record(duration);
  }

  private Counter handled(Handled what) {
    return Counter.builder("migaki.stage.records.handled")
        .description("Records whose effect is committed, by what the stage did")
        .tags("stage", stage, "topic", what.topic(), "outcome", what.outcome())
        .register(registry);
  }

  private Timer duration(String topic) {
    return Timer.builder("migaki.stage.duration")
        .description("Time from taking a record to its commit, retries included")
        .tags("stage", stage, "topic", topic)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  void retried(ReceivedRecord record, ErrorCode code) {
    coded("migaki.stage.retries", "Attempts that failed and are repeated", record.topic(), code)
        .increment();
  }

  void deadLettered(ReceivedRecord record, ErrorCode code) {
    coded(
            "migaki.stage.dead.letters",
            "Records moved to the dead-letter topic",
            record.topic(),
            code)
        .increment();
  }

  void outboxDepth(long depth) {
    outboxDepth.set(depth);
  }

  void heldBack(long records, Optional<Instant> since) {
    heldRecords.set(records);
    heldSince = since.orElse(null);
  }

  private double oldestHeldSeconds() {
    Instant since = heldSince;
    return since == null ? 0.0 : Duration.between(since, clock.instant()).toMillis() / 1000.0;
  }

  private double oldestWaitingSeconds() {
    Instant now = clock.instant();
    return waiting.values().stream()
        .mapToDouble(since -> Duration.between(since, now).toMillis() / 1000.0)
        .max()
        .orElse(0.0);
  }

  private Counter counter(String name, String description, String topic) {
    return Counter.builder(name)
        .description(description)
        .tags("stage", stage, "topic", topic)
        .register(registry);
  }

  private Counter coded(String name, String description, String topic, ErrorCode code) {
    return Counter.builder(name)
        .description(description)
        .tags("stage", stage, "topic", topic, "code", code.name())
        .register(registry);
  }
}
