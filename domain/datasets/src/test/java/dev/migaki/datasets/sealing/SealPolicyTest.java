package dev.migaki.datasets.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.sealing.SealPolicy.Decision;
import dev.migaki.datasets.sealing.SealPolicy.PendingChanges;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SealPolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    // policy, documents, seconds since first, seconds since last, more expected, requested, seals
    "quiet, 0, 100, 100, false, true, false",
    "quiet, 3, 100, 4, false, false, false",
    "quiet, 3, 100, 5, false, false, true",
    "quiet, 3, 100, 60, true, false, false",
    "quiet, 3, 100, 0, true, true, true",
    "count, 9, 9999, 9999, false, false, false",
    "count, 10, 1, 0, true, false, true",
    "age, 1, 59, 0, false, false, false",
    "age, 1, 60, 0, true, false, true",
    "count-or-age, 9, 59, 0, false, false, false",
    "count-or-age, 10, 0, 0, false, false, true",
    "count-or-age, 1, 60, 0, false, false, true",
    "manual, 99, 9999, 9999, false, false, false",
    "manual, 1, 0, 0, false, true, true"
  })
  void shouldDecideByTheTableWhenChangesArePending(
      String policy,
      int documents,
      int sinceFirst,
      int sinceLast,
      boolean expected,
      boolean requested,
      boolean seals) {
    // Given
    PendingChanges pending =
        new PendingChanges(
            documents,
            NOW.minusSeconds(sinceFirst),
            NOW.minusSeconds(sinceLast),
            expected,
            requested);

    // When
    Decision decision = policy(policy).decide(pending, NOW);

    // Then
    assertThat(decision instanceof Decision.Seal).as(decision.reason()).isEqualTo(seals);
    assertThat(decision.reason()).isNotBlank();
  }

  private static SealPolicy policy(String name) {
    SealPolicy.Count count = new SealPolicy.Count(10);
    SealPolicy.Age age = new SealPolicy.Age(Duration.ofSeconds(60));
    return switch (name) {
      case "quiet" -> new SealPolicy.QuietPeriod(Duration.ofSeconds(5));
      case "count" -> count;
      case "age" -> age;
      case "count-or-age" -> new SealPolicy.CountOrAge(count, age);
      default -> new SealPolicy.Manual();
    };
  }
}
