package dev.migaki.platform.stage;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Sends what was committed to the outbox: read a batch, send it outside any transaction, wait for
 * the broker, delete the rows. A crash in between sends a batch again; consumers know the ids.
 *
 * <p>Of several replicas one leads: it holds a session lock of the database on the very connection
 * it reads with, so a leader that lost its lock cannot read on. Two leaders for a moment send the
 * same rows in the same order, hence the first copy of each record still comes in order.
 */
@ApplicationScoped
class OutboxRelay {

  private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
  private static final long DEPTH_INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final long PURGE_INTERVAL_NANOS = TimeUnit.HOURS.toNanos(1);

  private final DataSource dataSource;
  private final Map<String, Object> kafka;
  private final StageRuntimeConfig config;
  private final StageMetrics metrics;
  private final Clock clock;
  private final String stage;
  private final OutboxTable outbox;
  private final InboxTable inbox;
  private final RelayLock lock;
  private final Semaphore work = new Semaphore(0);
  private volatile boolean stopping;
  private volatile boolean stopNow;
  private Thread thread = new Thread("outbox-relay");
  private long depthDue = System.nanoTime();
  private long purgeDue = System.nanoTime();

  @Inject
  OutboxRelay(
      DataSource dataSource,
      @Identifier("default-kafka-broker") Map<String, Object> kafka,
      StageRuntimeConfig config,
      StageMetrics metrics,
      Clock clock,
      @ConfigProperty(name = "migaki.stage") String stage) {
    this.dataSource = dataSource;
    this.kafka = kafka;
    this.config = config;
    this.metrics = metrics;
    this.clock = clock;
    this.stage = stage;
    this.outbox = new OutboxTable(stage);
    this.inbox = new InboxTable(stage);
    this.lock = new RelayLock(stage);
  }

  /** There is something to send, probably. */
  void wake() {
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  void start(@Observes @Priority(200) StartupEvent event) {
    thread = new Thread(this::run, "outbox-relay");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * After the records in hand are done: what they published still leaves, if the broker is there.
   */
  void stop(@Observes @Priority(100) ShutdownEvent event) throws InterruptedException {
    stopping = true;
    wake();
    thread.join(TimeUnit.SECONDS.toMillis(5));
    stopNow = true;
    thread.join(TimeUnit.SECONDS.toMillis(5));
  }

  private void run() {
    try (RelayProducer producer = newProducer()) {
      while (!stopping) {
        try (Connection connection = dataSource.getConnection()) {
          takePart(connection, producer);
        } catch (SQLException
            | RuntimeException e) { // a relay that died would hold everything back in silence
          if (!stopping) {
            LOG.warnf("the outbox waits: %s", e.getMessage());
            idle(config.outbox().takeOverInterval().toMillis());
          }
        }
      }
    }
  }

  /** Whether what is committed will be sent; false after an error that nothing can catch. */
  boolean isRunning() {
    return thread.isAlive() || stopping;
  }

  RelayProducer newProducer() {
    return new RelayProducer(kafka, "migaki-" + stage + "-outbox-relay");
  }

  private void takePart(Connection connection, RelayProducer producer) throws SQLException {
    if (!lock.tryAcquire(connection)) {
      reportDepth(connection);
      idle(config.outbox().takeOverInterval().toMillis());
      return;
    }
    try {
      lead(connection, producer);
    } finally {
      lock.release(connection);
    }
  }

  private void lead(Connection connection, RelayProducer producer) throws SQLException {
    while (true) {
      work.drainPermits();
      List<OutboxTable.Row> rows = outbox.read(connection, config.outbox().batchSize());
      reportDepth(connection);
      if (!rows.isEmpty()) {
        List<Long> sent = producer.send(rows, () -> stopNow);
        outbox.delete(connection, sent);
        if (sent.size() < rows.size()) {
          idle(config.outbox().takeOverInterval().toMillis());
        }
      } else if (stopping) {
        return;
      } else {
        purgeInbox(connection);
        idle(config.outbox().pollInterval().toMillis());
      }
      if (stopNow) {
        return;
      }
    }
  }

  private void reportDepth(Connection connection) throws SQLException {
    if (System.nanoTime() - depthDue >= 0) {
      metrics.outboxDepth(outbox.depth(connection));
      depthDue = System.nanoTime() + DEPTH_INTERVAL_NANOS;
    }
  }

  private void purgeInbox(Connection connection) throws SQLException {
    if (System.nanoTime() - purgeDue >= 0) {
      inbox.purge(connection, clock.instant().minus(config.inbox().retention()));
      purgeDue = System.nanoTime() + PURGE_INTERVAL_NANOS;
    }
  }

  private void idle(long millis) {
    try {
      if (work.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
        LOG.trace("woken");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopping = true;
      stopNow = true;
    }
  }
}
