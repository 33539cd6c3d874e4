package dev.migaki.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SupervisorTest {
  private final List<String> told = new CopyOnWriteArrayList<>();
  private final Supervisor supervisor =
      new Supervisor((name, state, detail) -> told.add(name + " " + state), Duration.ofMillis(300));

  @AfterEach
  void stop() {
    supervisor.beginStop();
  }

  @Test
  void shouldStartAgainWhenChildEnds() {
    // Given
    Child child = new Child(0);
    supervisor.startAndWatch(child);
    // When
    child.alive = false;
    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(child.starts).hasValue(2);
              assertThat(supervisor.states()).containsEntry("child", "ready");
            });
    assertThat(supervisor.snapshot().get(0).restarts()).isEqualTo(1);
    assertThat(told)
        .containsExactly("child starting", "child ready", "child restarting", "child ready");
  }

  @Test
  void shouldTryAgainWhenRestartFails() {
    // Given
    Child child = new Child(2);
    supervisor.startAndWatch(child);
    // When
    child.alive = false;
    // Then
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(child.starts).hasValue(4));
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(supervisor.states()).containsEntry("child", "ready"));
  }

  @Test
  void shouldEndAndStartAgainWhenChildStaysUnhealthy() {
    // Given
    Child child = new Child(0);
    supervisor.startAndWatch(child);
    // When
    child.healthy = false;
    // Then
    await()
        .atMost(Duration.ofSeconds(40))
        .untilAsserted(() -> assertThat(child.starts).hasValue(2));
  }

  @Test
  void shouldLeaveChildEndedWhenStopping() {
    // Given
    Child child = new Child(0);
    supervisor.startAndWatch(child);
    supervisor.beginStop();
    // When
    child.alive = false;
    // Then
    await()
        .during(Duration.ofSeconds(1))
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(child.starts).hasValue(1));
  }

  /** A child of which a number of restarts fail. */
  private static final class Child implements Supervised {
    private final AtomicInteger starts = new AtomicInteger();
    private final int failures;
    private volatile boolean alive;
    private volatile boolean healthy = true;

    Child(int failures) {
      this.failures = failures;
    }

    @Override
    public String name() {
      return "child";
    }

    @Override
    public void start() {
      int count = starts.incrementAndGet();
      if (count > 1 && count <= 1 + failures) {
        throw new StackFailure("not yet");
      }
      healthy = true;
      alive = true;
    }

    @Override
    public boolean isAlive() {
      return alive;
    }

    @Override
    public boolean isHealthy() {
      return healthy;
    }

    @Override
    public long pid() {
      return 0;
    }

    @Override
    public int port() {
      return 0;
    }

    @Override
    public void stop(Duration patience) {
      alive = false;
    }
  }
}
