package dev.migaki.datasets.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PrivacyProbeTest {
  private static final List<Example> CARRIERS =
      List.of(
          Examples.aPair("a", 1, "How long is the warranty?", "The warranty lasts for two years."),
          Examples.aPair("b", 1, "送料はいくらですか？", "送料は全国一律で550円です。"));

  @Test
  void shouldMeasureHighRecallWhenTheStandardRecipeCleanses() {
    // Given
    PrivacyProbe probe = new PrivacyProbe(cleanser(CleansingRecipe.standard()), 17);
    // When
    ProbeReport report = probe.run(CARRIERS, 200);
    // Then
    assertThat(report.total().planted()).isEqualTo(200);
    assertThat(report.total().value()).isGreaterThan(0.9);
    assertThat(report.byKind())
        .hasSize(10)
        .allSatisfy((k, r) -> assertThat(r.planted()).isEqualTo(20));
  }

  @Test
  void shouldShowTheFallWhenARecipeKeepsAKindOfValue() {
    // Given
    CleansingRecipe careless =
        CleansingRecipe.standard()
            .withTreatment(FindingType.EMAIL_ADDRESS, RedactionAction.KEEP, 0.5);
    // When
    ProbeReport report = new PrivacyProbe(cleanser(careless), 17).run(CARRIERS, 200);
    // Then
    assertThat(report.byKind().get("EMAIL_ADDRESS").removed()).isLessThan(10);
  }

  @Test
  void shouldMeasureTheSameWhenSeedIsTheSame() {
    // Given
    DocumentCleanser cleanser = cleanser(CleansingRecipe.standard());
    // When / Then
    assertThat(new PrivacyProbe(cleanser, 3).run(CARRIERS, 50))
        .isEqualTo(new PrivacyProbe(cleanser, 3).run(CARRIERS, 50));
  }

  private static DocumentCleanser cleanser(CleansingRecipe recipe) {
    return new DocumentCleanser(TextCleanser.create(recipe));
  }
}
