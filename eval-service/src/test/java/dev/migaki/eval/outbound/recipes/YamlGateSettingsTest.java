package dev.migaki.eval.outbound.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.eval.domain.GateSettings;
import dev.migaki.metrics.PromotionGate;
import dev.migaki.platform.stage.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class YamlGateSettingsTest {
  private static final Path SHIPPED = Path.of("../recipes");

  @TempDir Path directory;

  private GateSettings read(String yaml) throws IOException {
    Files.writeString(directory.resolve("faq.yaml"), yaml);
    return new YamlGateSettings(directory).of("faq");
  }

  static List<Path> shippedRecipes() throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedRecipes")
  void shouldReadEveryShippedRecipe(Path file) throws IOException {
    assertThat(read(Files.readString(file)).maxNewTokens()).isGreaterThanOrEqualTo(96);
  }

  @Test
  void shouldReadEveryKeyWhenAllAreGivenAndHaveDefaultsOtherwise() throws IOException {
    assertThat(
            read(
                """
                gate: {minAnsweredRight: 0.1, maxConfidentWrong: 0.2, minQuestions: 3,
                  fewShotExamples: 0, maxNewTokens: 5, maxQuestions: 6}
                """))
        .isEqualTo(new GateSettings(new PromotionGate.Thresholds(0.1, 0.2, 3), 0, 5, 6));
    assertThat(read("gate: {}")).isEqualTo(GateSettings.DEFAULTS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "gates: {}|unknown key gates (did you mean gate?); known are languages,",
        "gate: {minAnswersRight: 0.9}|gate: unknown key minAnswersRight (did you mean minAnsweredRight?); known are minAnsweredRight,",
        "gate: {minAnsweredRight: 60}|gate.minAnsweredRight must be a number from 0 to 1 but is '60'",
        "gate: {maxConfidentWrong: none}|gate.maxConfidentWrong must be a number from 0 to 1 but is 'none'",
        "gate: {minQuestions: 0}|gate.minQuestions must be a whole number, 1 or more, but is '0'",
        "gate: {fewShotExamples: 1.5}|gate.fewShotExamples must be a whole number, 0 or more, but is '1.5'",
        "gate: {maxNewTokens: 0}|gate.maxNewTokens must be a whole number, 1 or more, but is '0'",
        "gate: {maxQuestions: [5]}|gate.maxQuestions must be a whole number, 1 or more, but is a list",
        "gate: strict|gate must be a block of keys with values"
      })
  void shouldNameFileAndKeyWhenTheRecipeIsWrong(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOfSatisfying(
            TransientFailure.class,
            failure -> assertThat(failure.code().name()).isEqualTo("RECIPE_INVALID"))
        .hasMessageStartingWith("recipe faq.yaml: " + message);
  }
}
