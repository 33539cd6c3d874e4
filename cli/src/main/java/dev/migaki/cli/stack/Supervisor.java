package dev.migaki.cli.stack;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Keeps children alive: one that ended is started again, at once the first time, then with growing
 * pauses. A child that reports itself beyond recovery (liveness 503 twice in a row) is ended and
 * started again.
 *
 * <pre>
 * starting ──▶ ready ──(ended, beyond recovery)──▶ restarting ──▶ ready
 *                                     ▲                │ failed: wait 0.2, 0.4 … 10 s
 *                                     └────────────────┘
 * </pre>
 */
final class Supervisor {
  private static final Duration LOOK = Duration.ofMillis(200);
  private static final Duration HEALTH_EVERY = Duration.ofSeconds(4);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);
  private static final Duration STABLE = Duration.ofSeconds(60);

  /** What happened to a child; called from supervisor threads. */
  interface Listener {
    void changed(String name, String state, String detail);
  }

  private final List<Supervised> children = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final Map<String, Integer> restarts = new ConcurrentHashMap<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Listener listener;
  private final Duration healthEvery;

  Supervisor(Listener listener) {
    this(listener, HEALTH_EVERY);
  }

  /**
   * @param healthEvery how often a living child is asked whether it is beyond recovery
   */
  Supervisor(Listener listener, Duration healthEvery) {
    this.listener = listener;
    this.healthEvery = healthEvery;
  }

  /** Starts a child, waits until it is ready, and watches it from then on. */
  void startAndWatch(Supervised child) {
    children.add(child);
    mark(child, "starting", "");
    long began = System.nanoTime();
    child.start();
    mark(child, "ready", seconds(began));
    Thread thread = new Thread(() -> watch(child), "watch-" + child.name());
    thread.setDaemon(true);
    thread.start();
  }

  /** State by name, in the order of starting. */
  Map<String, String> states() {
    Map<String, String> copy = new LinkedHashMap<>();
    for (Supervised child : List.copyOf(children)) {
      copy.put(child.name(), states.getOrDefault(child.name(), "starting"));
    }
    return copy;
  }

  /** The children as other shells see them. */
  List<StackState.Child> snapshot() {
    return List.copyOf(children).stream()
        .map(
            child ->
                new StackState.Child(
                    child.name(),
                    child.pid(),
                    child.port(),
                    states.getOrDefault(child.name(), "starting"),
                    restarts.getOrDefault(child.name(), 0)))
        .toList();
  }

  /** From now on a child that ends stays ended. */
  void beginStop() {
    stopping.set(true);
  }

  private void watch(Supervised child) {
    Duration pause = Duration.ofMillis(200);
    long readySince = System.nanoTime();
    long nextHealth = readySince + healthEvery.toNanos();
    int unhealthy = 0;
    while (!stopping.get() && sleep(LOOK)) {
      if (child.isAlive() && System.nanoTime() > nextHealth) {
        unhealthy = child.isHealthy() ? 0 : unhealthy + 1;
        nextHealth = System.nanoTime() + healthEvery.toNanos();
        if (unhealthy >= 2) {
          mark(child, "unhealthy", "ending it");
          child.stop(Duration.ofSeconds(10));
        }
      }
      if (!child.isAlive() && !stopping.get()) {
        if (System.nanoTime() - readySince > STABLE.toNanos()) {
          pause = Duration.ofMillis(200);
        }
        pause = restart(child, pause);
        readySince = System.nanoTime();
        nextHealth = readySince + healthEvery.toNanos();
        unhealthy = 0;
      }
    }
  }

  private Duration restart(Supervised child, Duration firstPause) {
    Duration pause = firstPause;
    while (!stopping.get()) {
      mark(child, "restarting", "");
      restarts.merge(child.name(), 1, Integer::sum);
      long began = System.nanoTime();
      sleep(pause);
      pause = shorter(pause.multipliedBy(2), LONGEST_PAUSE);
      try {
        child.start();
        mark(child, "ready", seconds(began));
        return pause;
      } catch (RuntimeException e) {
        // any reason: the next attempt comes after a longer pause, a person sees why
        mark(child, "restarting", String.valueOf(e.getMessage()));
      }
    }
    return pause;
  }

  private void mark(Supervised child, String state, String detail) {
    if (stopping.get()) {
      return;
    }
    states.put(child.name(), state);
    listener.changed(child.name(), state, detail);
  }

  private static String seconds(long began) {
    return "%.1f s".formatted((System.nanoTime() - began) / 1e9);
  }

  private static Duration shorter(Duration a, Duration b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  private static boolean sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
