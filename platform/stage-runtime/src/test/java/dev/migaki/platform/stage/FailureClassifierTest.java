package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.platform.artifacts.ArtifactFailure;
import dev.migaki.platform.stage.FailureClassifier.Decision;
import java.net.ConnectException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FailureClassifierTest {

  private final FailureClassifier classifier = new FailureClassifier(3);

  @ParameterizedTest
  @ValueSource(strings = {"08006", "57P01", "53300", "40001", "40P01"})
  void shouldRetryForEverWhenTheDatabaseIsAway(String sqlState) {
    // Given
    RuntimeException failure =
        new IllegalStateException("wrapped", new SQLException("terminated", sqlState));

    // When
    Decision decision = classifier.decide(failure, 1_000_000);

    // Then
    assertThat(decision).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void shouldRetryForEverWhenThePoolHasNoConnection() {
    // Given
    SQLException failure = new SQLException("Sorry, acquisition timeout!");

    // When
    Decision decision = classifier.decide(failure, 1_000_000);

    // Then
    assertThat(decision).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void shouldRetryForEverWhenAServerRefusesTheConnection() {
    // Given
    RuntimeException failure = new IllegalStateException(new ConnectException("refused"));

    // When
    Decision decision = classifier.decide(failure, 1_000_000);

    // Then
    assertThat(decision).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void shouldBuryUnderItsOwnCodeWhenABoundedFailureComesBackEveryTime() {
    // Given
    TransientFailure failure = TransientFailure.bounded(new ErrorCode("TOO_ODD"), "no sense");

    // When
    Decision early = classifier.decide(failure, 2);
    Decision late = classifier.decide(failure, 3);

    // Then
    assertThat(early).isEqualTo(new Decision.Retry(new ErrorCode("TOO_ODD"), "no sense"));
    assertThat(late).isEqualTo(new Decision.DeadLetter(new ErrorCode("TOO_ODD"), "no sense"));
  }

  @Test
  void shouldBuryAtOnceWhenAPermanentFailureIsWrapped() {
    // Given
    RuntimeException failure =
        new IllegalStateException(
            new PermanentFailure(new ErrorCode("TOO_ODD"), "page 3 is no page"));

    // When
    Decision decision = classifier.decide(failure, 1);

    // Then
    assertThat(decision)
        .isEqualTo(new Decision.DeadLetter(new ErrorCode("TOO_ODD"), "page 3 is no page"));
  }

  @Test
  void shouldFollowTheKindWhenAnArtifactFails() {
    // Given
    ArtifactFailure damaged =
        new ArtifactFailure(ArtifactFailure.Kind.ARTIFACT_CHECKSUM_MISMATCH, "artifact 12ab");
    ArtifactFailure away =
        new ArtifactFailure(ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE, "artifact 12ab");

    // When
    Decision first = classifier.decide(damaged, 1);
    Decision second = classifier.decide(away, 1_000_000);

    // Then
    assertThat(first).isInstanceOf(Decision.DeadLetter.class);
    assertThat(second).isInstanceOf(Decision.Retry.class);
  }

  @Test
  void shouldBuryOnlyAfterSomeAttemptsWhenNobodyKnowsTheFailure() {
    // Given
    RuntimeException failure = new NullPointerException("the secret text of a document");

    // When
    Decision second = classifier.decide(failure, 2);
    Decision third = classifier.decide(failure, 3);

    // Then
    assertThat(second).isInstanceOf(Decision.Retry.class);
    assertThat(third)
        .isInstanceOfSatisfying(
            Decision.DeadLetter.class,
            letter ->
                assertThat(letter.reason())
                    .contains("NullPointerException")
                    .doesNotContain("secret"));
  }

  @Test
  void shouldNotTakeADataErrorForAnOutageWhenAConstraintFails() {
    // Given
    RuntimeException failure =
        new IllegalStateException(new SQLException("duplicate key", "23505"));

    // When
    Decision decision = classifier.decide(failure, 3);

    // Then
    assertThat(decision).isInstanceOf(Decision.DeadLetter.class);
  }
}
