package dev.migaki.cleansing.generated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.recognition.FindingType;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedPersonsTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());
  private static final long SEED = 20_261_127;

  @Test
  void shouldCoverJapaneseNamesInFull() {
    // Given
    List<GeneratedCase> cases = JapanesePersonCases.generate(SEED, 1_000);

    // When
    long covered = cases.stream().filter(GeneratedPersonsTest::isCovered).count();

    // Then
    assertThat((double) covered / cases.size()).as("seed %d", SEED).isGreaterThanOrEqualTo(0.95);
  }

  private static boolean isCovered(GeneratedCase generated) {
    return CLEANSER.find(generated.text()).stream()
        .anyMatch(
            finding ->
                finding.type() == FindingType.PERSON
                    && finding.start() <= generated.start()
                    && finding.end() >= generated.end());
  }
}
