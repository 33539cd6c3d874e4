package dev.migaki.training.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.training.domain.Protection.Earlier;
import dev.migaki.training.domain.TrainingRecipe.RetrainRules;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProtectionTest {

  @Test
  void shouldRememberTheNewestOtherVersionsOldestFirst() {
    // Given seven versions, the newest trained twice
    List<Earlier> newestFirst =
        IntStream.of(7, 7, 6, 5, 4, 3, 2, 1).mapToObj(ProtectionTest::version).toList();

    // When
    Protection protection = Protection.by(rules(0.05, 2), "v7", newestFirst, true);

    // Then
    assertThat(protection.earlier().stream().map(Earlier::version))
        .containsExactly("v2", "v3", "v4", "v5", "v6");
    assertThat(protection.replayShare()).isEqualTo(0.05);
    assertThat(protection.elasticStrength()).isEqualTo(2);
  }

  @Test
  void shouldHoldNoWeightsWhenTheRunStartsFromTheBase() {
    List<Earlier> earlier = List.of(version(1));

    assertThat(Protection.by(rules(0.05, 2), "v2", earlier, false).elasticStrength()).isZero();
    assertThat(Protection.by(rules(0, 2), "v2", earlier, false)).isEqualTo(Protection.NONE);
  }

  @Test
  void shouldRememberNothingWhenTheRecipeDoesNotAskForIt() {
    assertThat(Protection.by(rules(0, 0), "v2", List.of(version(1)), true))
        .isEqualTo(Protection.NONE);
  }

  @Test
  void shouldForgetAVersionWhenADocumentOfItIsErased() {
    // Given
    Protection both = Protection.by(rules(1, 0), "v3", List.of(version(2), version(1)), true);

    // When
    Protection left = both.without("v1");

    // Then
    assertThat(left.earlier()).containsExactly(version(2));
    assertThat(left.without("v2")).isEqualTo(Protection.NONE);
  }

  private static Earlier version(int number) {
    return new Earlier(
        "v" + number, new ArtifactRef("file:m" + number, "a".repeat(64), 2, "text/plain"));
  }

  private static RetrainRules rules(double replayShare, double elasticStrength) {
    return new RetrainRules(
        10, Duration.ZERO, StartFrom.PREVIOUS, replayShare, elasticStrength, Map.of());
  }
}
