package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(30));

  @Test
  void shouldGrowUpToTheMaximumWhenAttemptsFail() {
    // When / Then
    assertThat(backoff.delayAfter(1, "r"))
        .isBetween(Duration.ofMillis(100), Duration.ofMillis(200));
    assertThat(backoff.delayAfter(4, "r"))
        .isBetween(Duration.ofMillis(800), Duration.ofMillis(1600));
    assertThat(backoff.delayAfter(1_000, "r"))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
    assertThat(backoff.delayAfter(Integer.MAX_VALUE, "r"))
        .isBetween(Duration.ofSeconds(15), Duration.ofSeconds(30));
  }

  @Test
  void shouldSpreadWhenManyRecordsFailTogether() {
    // When
    Set<Duration> delays =
        IntStream.range(0, 100)
            .mapToObj(i -> backoff.delayAfter(5, "record-" + i))
            .collect(Collectors.toSet());

    // Then
    assertThat(delays).hasSizeGreaterThan(50);
  }
}
