package dev.migaki.platform.stage;

import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;

/**
 * Knows whether the service is stopping. On SIGTERM the record in hand is finished, a record that
 * waits for its next attempt is given back unacknowledged, and no new one is begun; only then may
 * database and consumers be closed under us.
 */
@ApplicationScoped
class StageLifecycle {

  private static final Logger LOG = Logger.getLogger(StageLifecycle.class);

  private final StageRuntimeConfig config;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean stopping;
  private int inHand;

  @Inject
  StageLifecycle(StageRuntimeConfig config) {
    this.config = config;
  }

  /** The record stays unacknowledged and is delivered again, here or elsewhere. */
  static final class StageStopped extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StageStopped() {
      super("the stage is stopping; the record stays unacknowledged", null, false, false);
    }
  }

  /**
   * @throws StageStopped when no record may be begun any more
   */
  void begin() {
    lock.lock();
    try {
      requireRunning();
      inHand++;
    } finally {
      lock.unlock();
    }
  }

  void end() {
    lock.lock();
    try {
      inHand--;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits, unless the stage stops first. */
  void pause(Duration duration) {
    lock.lock();
    try {
      long left = duration.toNanos();
      while (left > 0) {
        requireRunning();
        left = changed.awaitNanos(left);
      }
      requireRunning();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StageStopped();
    } finally {
      lock.unlock();
    }
  }

  boolean stopping() {
    lock.lock();
    try {
      return stopping;
    } finally {
      lock.unlock();
    }
  }

  /** First of all shutdown observers: whatever closes later must find nobody at work. */
  void drain(@Observes @Priority(1) ShutdownEvent event) {
    lock.lock();
    try {
      stopping = true;
      changed.signalAll();
      long left = config.drainTimeout().toNanos();
      while (inHand > 0 && left > 0) {
        left = changed.awaitNanos(left);
      }
      if (inHand > 0) {
        LOG.warnf(
            "%d records are still in hand after %d s; they stay unacknowledged",
            inHand, TimeUnit.NANOSECONDS.toSeconds(config.drainTimeout().toNanos()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void requireRunning() {
    if (stopping) {
      throw new StageStopped();
    }
  }
}
