package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import dev.migaki.contracts.Event;
import dev.migaki.platform.artifacts.ArtifactStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The one transaction that makes an effect happen once: inbox, the stage's own state, outbox. */
@ApplicationScoped
class StageTransaction {

  private static final String DUPLICATE = "duplicate";

  private final DataSource dataSource;
  private final OutboxRelay relay;
  private final ArtifactStore artifacts;
  private final InboxTable inbox;
  private final OutboxTable outbox;
  private final HeldTable held;
  private final Clock clock;
  private final CloudEventCodec codec;
  private final String stage;

  @Inject
  StageTransaction(
      DataSource dataSource,
      OutboxRelay relay,
      ArtifactStore artifacts,
      Clock clock,
      @ConfigProperty(name = "migaki.stage") String stage) {
    this.dataSource = dataSource;
    this.relay = relay;
    this.artifacts = artifacts;
    this.stage = stage;
    this.inbox = new InboxTable(stage);
    this.outbox = new OutboxTable(stage);
    this.held = new HeldTable(stage);
    this.clock = clock;
    this.codec = new CloudEventCodec(stage, clock);
  }

  /** What was committed. */
  record Result(String label, int published) {}

  /**
   * A record's handling.
   *
   * @param context where it is
   * @param event what it holds, if that is an event
   * @param subject what it takes the place of when something about it is held
   * @param held why the record is set aside; null for one that is handled
   * @param handler what to call for one that is handled
   */
  record Handling(
      StageContext context,
      @Nullable Event event,
      EventHandler.@Nullable Subject subject,
      HeldTable.@Nullable Why held,
      Supplier<StageOutcome> handler) {}

  Result handle(Handling handling) {
    return handle(List.of(handling), Duration.ZERO, together -> {}).get(0);
  }

  /**
   * Handles records one after the other in one transaction, until a time has passed; at least one.
   *
   * @param expectation told first which of them are new
   * @return what became of as many of the first as were handled
   */
  List<Result> handle(
      List<Handling> handlings, Duration budget, Consumer<List<Handling>> expectation) {
    long deadline = System.nanoTime() + budget.toNanos();
    List<Result> results =
        QuarkusTransaction.requiringNew()
            .call(() -> artifacts.together(() -> handleUntil(deadline, handlings, expectation)));
    relay.wake();
    return results;
  }

  private List<Result> handleUntil(
      long deadline, List<Handling> handlings, Consumer<List<Handling>> expectation)
      throws SQLException {
    List<Result> results = new ArrayList<>(handlings.size());
    List<OutgoingRecord> outgoing = new ArrayList<>();
    Set<String> open = inboxAdd(handlings.stream().map(StageTransaction::entry).toList());
    List<Handling> fresh =
        handlings.stream().filter(handling -> open.contains(handling.context().eventId())).toList();
    // before anything is read: whoever takes up a held record at this moment has to be done
    Map<HeldTable.Subject, Long> waiting = lock(fresh);
    expectation.accept(fresh);
    for (Handling handling : handlings) {
      if (!results.isEmpty() && System.nanoTime() - deadline > 0) {
        inboxForget(open);
        break;
      }
      StageContext context = handling.context();
      if (open.remove(context.eventId())) {
        dropOlder(handling, waiting);
        StageOutcome outcome =
            handling.held() == null ? handling.handler().get() : hold(handling, waiting);
        outgoing.addAll(encode(context.cause(), outcome.events()));
        results.add(new Result(outcome.label(), outcome.events().size()));
      } else {
        results.add(new Result(DUPLICATE, 0));
      }
    }
    write(outgoing);
    return results;
  }

  private static InboxTable.Entry entry(Handling handling) {
    StageContext context = handling.context();
    return new InboxTable.Entry(context.eventId(), context.record().topic());
  }

  /**
   * Handles a record that was set aside; its event is in the inbox since then.
   *
   * @return empty when it waits no more
   */
  Optional<Result> takeUp(HeldTable.Row row, Handling handling) {
    Optional<Result> result =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    artifacts.together(
                        () -> {
                          if (!take(row)) {
                            return Optional.empty();
                          }
                          StageOutcome outcome = handling.handler().get();
                          write(encode(handling.context().cause(), outcome.events()));
                          return Optional.of(new Result(outcome.label(), outcome.events().size()));
                        }));
    relay.wake();
    return result;
  }

  /** {@link #bury} of a record that was set aside; false when it waits no more. */
  boolean bury(HeldTable.Row row, OutgoingRecord letter) {
    boolean buried =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  if (!take(row)) {
                    return false;
                  }
                  // as if it had never been handled: sent again after a repair, it is
                  inboxForget(Set.of(row.eventId()));
                  bury(row.record().identity(), row.record().topic(), letter);
                  return true;
                });
    relay.wake();
    return buried;
  }

  /**
   * The letter is remembered by its record, not by its event: a redelivery writes no second one,
   * but the same event sent again after a repair is handled.
   */
  Result bury(ReceivedRecord record, OutgoingRecord letter) {
    Result result =
        QuarkusTransaction.requiringNew()
            .call(
                () ->
                    new Result(
                        bury(record.identity(), record.topic(), letter) ? "dead-letter" : DUPLICATE,
                        0));
    relay.wake();
    return result;
  }

  private boolean bury(String identity, String topic, OutgoingRecord letter) throws SQLException {
    String id = "dead-letter:" + identity;
    if (inboxAdd(List.of(new InboxTable.Entry(id, topic))).isEmpty()) {
      return false;
    }
    write(List.of(letter));
    return true;
  }

  /** Adds events to the outbox within the transaction of the caller. */
  void publish(Cause cause, List<Event> events) throws SQLException {
    write(encode(cause, events));
  }

  private List<OutgoingRecord> encode(Cause cause, List<Event> events) {
    TraceParent trace =
        TraceParent.parse(cause.traceparent()).orElseGet(() -> TraceParent.startingAt(cause.id()));
    List<OutgoingRecord> records = new ArrayList<>(events.size());
    for (int index = 0; index < events.size(); index++) {
      Event event = events.get(index);
      String id =
          StableId.of(
              stage,
              cause.id(),
              Integer.toString(index),
              dev.migaki.contracts.EventType.of(event).wireName());
      records.add(codec.encode(event, id, trace.child(id)));
    }
    return records;
  }

  private Map<HeldTable.Subject, Long> lock(List<Handling> handlings) throws SQLException {
    Set<HeldTable.Subject> subjects = new HashSet<>();
    for (Handling handling : handlings) {
      if (handling.subject() != null) {
        subjects.add(subject(handling));
      }
    }
    if (subjects.isEmpty()) {
      return new HashMap<>();
    }
    try (Connection connection = dataSource.getConnection()) {
      return held.lock(connection, subjects);
    }
  }

  private static HeldTable.Subject subject(Handling handling) {
    String name = requireNonNull(handling.subject(), "subject").name();
    return new HeldTable.Subject(handling.context().dataset(), name);
  }

  /** Drops what waits about the same, unless that is newer. */
  private void dropOlder(Handling handling, Map<HeldTable.Subject, Long> waiting)
      throws SQLException {
    EventHandler.Subject about = handling.subject();
    if (about == null) {
      return;
    }
    HeldTable.Subject subject = subject(handling);
    Long version = waiting.get(subject);
    if (version != null && version <= about.version()) {
      try (Connection connection = dataSource.getConnection()) {
        held.drop(connection, subject);
      }
      waiting.remove(subject);
    }
  }

  private StageOutcome hold(Handling handling, Map<HeldTable.Subject, Long> waiting)
      throws SQLException {
    HeldTable.Subject subject = subject(handling);
    if (waiting.containsKey(subject)) {
      return StageOutcome.ignored("older");
    }
    long version = requireNonNull(handling.subject(), "subject").version();
    Instant now = clock.instant();
    HeldTable.Row row =
        new HeldTable.Row(
            0,
            subject,
            version,
            handling.context().eventId(),
            handling.context().record(),
            requireNonNull(handling.held(), "held"),
            now,
            now);
    try (Connection connection = dataSource.getConnection()) {
      held.add(connection, row);
    }
    waiting.put(subject, version);
    return StageOutcome.ignored("held-back");
  }

  private boolean take(HeldTable.Row row) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return held.take(connection, row.id());
    }
  }

  private Set<String> inboxAdd(List<InboxTable.Entry> entries) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return inbox.add(connection, entries);
    }
  }

  private void inboxForget(Set<String> eventIds) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      inbox.forget(connection, eventIds);
    }
  }

  private void write(List<OutgoingRecord> records) throws SQLException {
    if (!records.isEmpty()) {
      try (Connection connection = dataSource.getConnection()) {
        outbox.add(connection, records);
      }
    }
  }
}
