package dev.migaki.cleansing.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.Redaction;
import dev.migaki.cleansing.TextCleanser;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedIdentifiersTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());
  private static final long SEED = 20_261_127;

  @Test
  void shouldFindNearlyAllStructuredIdentifiersAndHardlyAnythingElse() {
    // Given
    List<GeneratedCase> cases = IdentifierCases.generate(SEED, 2_000);

    // When
    IdentifierScore score = IdentifierScore.of(CLEANSER, cases);

    // Then
    assertThat(score.recall()).as("seed %d: %s", SEED, score.errors()).isGreaterThanOrEqualTo(0.99);
    assertThat(score.precision())
        .as("seed %d: %s", SEED, score.errors())
        .isGreaterThanOrEqualTo(0.98);
  }

  @Test
  void shouldLeaveNothingBehindWhenScannedAgain() {
    // Given
    List<GeneratedCase> cases = IdentifierCases.generate(SEED + 1, 1_000);

    for (GeneratedCase generated : cases) {
      // When
      Redaction redaction = CLEANSER.redact(generated.text());

      // Then
      assertThat(redaction.residue()).as(generated.text()).isEmpty();
      assertThat(CLEANSER.redact(redaction.text()).text())
          .as(generated.text())
          .isEqualTo(redaction.text());
    }
  }
}
