package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;
import dev.migaki.platform.artifacts.ArtifactStore;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    this.codec = new CloudEventCodec(stage, clock);
  }

  /** What was committed. */
  record Result(String label, int published) {}

  /** A record's handling: where it is, the event that it holds if it is one, and what to call. */
  record Handling(StageContext context, @Nullable Event event, Supplier<StageOutcome> handler) {}

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
    expectation.accept(
        handlings.stream()
            .filter(handling -> open.contains(handling.context().eventId()))
            .toList());
    for (Handling handling : handlings) {
      if (!results.isEmpty() && System.nanoTime() - deadline > 0) {
        inboxForget(open);
        break;
      }
      StageContext context = handling.context();
      if (open.remove(context.eventId())) {
        StageOutcome outcome = handling.handler().get();
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
   * The letter is remembered by its record, not by its event: a redelivery writes no second one,
   * but the same event sent again after a repair is handled.
   */
  Result bury(ReceivedRecord record, OutgoingRecord letter) {
    Result result =
        QuarkusTransaction.requiringNew()
            .call(
                () -> {
                  String id = "dead-letter:" + record.identity();
                  if (inboxAdd(List.of(new InboxTable.Entry(id, record.topic()))).isEmpty()) {
                    return new Result(DUPLICATE, 0);
                  }
                  write(List.of(letter));
                  return new Result("dead-letter", 0);
                });
    relay.wake();
    return result;
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
