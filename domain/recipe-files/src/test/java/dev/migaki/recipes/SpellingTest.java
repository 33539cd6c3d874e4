package dev.migaki.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpellingTest {
  private static final List<String> KNOWN =
      List.of("threshold", "thresholds", "action", "seal", "age", "apiKeyVariable", "PERSON");

  @ParameterizedTest
  @CsvSource({
    "treshold, threshold",
    "threshhold, threshold",
    "tresholds, thresholds",
    "thershold, threshold",
    "Threshold, threshold",
    "acton, action",
    "aciton, action",
    "sael, seal",
    "apiKey, apiKeyVariable",
    "person, PERSON",
    "aeg, age"
  })
  void shouldFindWhatWasMeant(String key, String meant) {
    assertThat(Spelling.nearest(key, KNOWN)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"limit", "steel", "ab", "x", "reaction-time"})
  void shouldGuessNothingWhenNoneIsNear(String key) {
    assertThat(Spelling.nearest(key, KNOWN)).isEmpty();
  }
}
