package dev.migaki.platform.stage;

import dev.migaki.contracts.Event;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;
import java.sql.SQLException;
import java.util.List;

/**
 * Publishes events of work that outlives a handler: call it in the worker's own transaction,
 * together with the state change it tells of.
 */
@ApplicationScoped
public class TransactionalOutbox {

  private final StageTransaction transaction;
  private final OutboxRelay relay;
  private final TransactionSynchronizationRegistry synchronizations;

  @Inject
  TransactionalOutbox(
      StageTransaction transaction,
      OutboxRelay relay,
      TransactionSynchronizationRegistry synchronizations) {
    this.transaction = transaction;
    this.relay = relay;
    this.synchronizations = synchronizations;
  }

  /** For CDI's client proxy only. */
  @SuppressWarnings("NullAway")
  TransactionalOutbox() {
    this.transaction = null;
    this.relay = null;
    this.synchronizations = null;
  }

  /**
   * Adds the events to the caller's transaction; they leave in this order after its commit.
   *
   * @param cause names this publication: the same cause gives the events the same ids, so a
   *     repeated one is recognised downstream. Two different publications need different causes
   *     ({@link Cause#step})
   * @throws TransientFailure when the database does not answer
   */
  @Transactional(Transactional.TxType.MANDATORY)
  public void publish(Cause cause, List<Event> events) {
    try {
      transaction.publish(cause, events);
    } catch (SQLException e) {
      throw new TransientFailure(
          new ErrorCode("OUTBOX_UNAVAILABLE"), "cannot write to the outbox", e);
    }
    synchronizations.registerInterposedSynchronization(new WakeRelay(relay));
  }

  private record WakeRelay(OutboxRelay relay) implements Synchronization {

    @Override
    public void beforeCompletion() {}

    @Override
    public void afterCompletion(int status) {
      if (status == Status.STATUS_COMMITTED) {
        relay.wake();
      }
    }
  }
}
