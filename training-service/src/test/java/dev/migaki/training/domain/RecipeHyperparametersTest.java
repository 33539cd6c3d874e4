package dev.migaki.training.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.training.domain.RecipeHyperparameters.Automatic;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecipeHyperparametersTest {
  private static final Automatic AUTOMATIC = new Automatic(7, 2e-5, 16_000, 4096, 0.3);

  @Test
  void shouldDecideEveryAutoByTheData() {
    // Given
    RecipeHyperparameters recipe =
        new RecipeHyperparameters(
            Map.of("epochs", "auto", "learningRate", "auto", "batchTokens", "auto"));

    // When
    Hyperparameters resolved = recipe.resolve(AUTOMATIC);

    // Then
    assertThat(resolved.epochs()).isEqualTo(7);
    assertThat(resolved.learningRate()).isEqualTo(2e-5);
    assertThat(resolved.batchTokens()).isEqualTo(16_000);
    assertThat(resolved.passTokens()).isEqualTo(4096);
  }

  @Test
  void shouldKeepWhatIsSaidWhenOtherValuesAreAuto() {
    // Given
    RecipeHyperparameters recipe =
        new RecipeHyperparameters(
            Map.of("epochs", "2", "batchTokens", "auto", "passTokens", "512", "precision", "auto"));

    // When
    Hyperparameters resolved = recipe.resolve(AUTOMATIC);

    // Then
    assertThat(resolved.epochs()).isEqualTo(2);
    assertThat(resolved.passTokens()).isEqualTo(512);
    assertThat(resolved.learningRate()).isEqualTo(Hyperparameters.DEFAULTS.learningRate());
    assertThat(resolved.precision()).isEqualTo("auto");
  }

  @Test
  void shouldResolveToTheSameValuesWhenNothingIsAuto() {
    RecipeHyperparameters recipe = new RecipeHyperparameters(Map.of("epochs", "3"));

    assertThat(recipe.resolve(AUTOMATIC)).isEqualTo(recipe.known());
  }

  @Test
  void shouldNotLearnPairsAsAnswersAreLearnedWhenMethodIsDpo() {
    // When
    Hyperparameters resolved =
        new RecipeHyperparameters(Map.of("method", "dpo", "beta", "auto")).resolve(AUTOMATIC);

    // Then
    assertThat(resolved.prefers()).isTrue();
    assertThat(resolved.trainsAllWeights()).isFalse();
    assertThat(resolved.beta()).isEqualTo(0.3);
    assertThat(resolved.epochs()).isEqualTo(7);
    assertThat(resolved.learningRate()).isEqualTo(2e-5);
    assertThat(resolved.promptTokenDropout()).isZero();
    assertThat(resolved.firstAnswerTokensWeight()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "full|rank|8|rank belongs to an adapter, but all weights are trained (method: full)",
        "lora|beta|0.1|beta needs method dpo (method: lora)",
        "dpo|promptTokenDropout|0.1|promptTokenDropout is not possible with method dpo",
        "dpo|beta|3|beta must be above 0, at most 2 but is 3.0",
        "dpo|optimizer|muon|optimizer must be adamw, or muon where all weights are trained",
        "ppo|epochs|2|method must be one of [full, lora, dpo] but is ppo",
        "full|passTokens|-1|passTokens must be 0 or more",
        "lora|trainEmbeddings|yes|trainEmbeddings must be true or false but is yes",
        "lora|rank|auto|rank must be a whole number but is 'auto'"
      })
  void shouldNameTheKeyWhenItContradictsTheMethod(
      String method, String key, String value, String message) {
    assertThatThrownBy(() -> new RecipeHyperparameters(Map.of("method", method, key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldGoOnOnlyFromAModelOfTheSameKind() {
    Hyperparameters full = Hyperparameters.defaultsOf("full");
    Hyperparameters lora = Hyperparameters.defaultsOf("lora");
    Hyperparameters pairs = Hyperparameters.defaultsOf("dpo");

    assertThat(full.canGoOnFrom(full.with(Map.of("epochs", "1")))).isTrue();
    assertThat(full.canGoOnFrom(lora)).isFalse();
    assertThat(lora.canGoOnFrom(lora.with(Map.of("learningRate", "0.1")))).isTrue();
    assertThat(lora.canGoOnFrom(lora.with(Map.of("rank", "8")))).isFalse();
    assertThat(pairs.canGoOnFrom(lora)).isTrue();
    assertThat(pairs.with(Map.of("allWeights", "true")).canGoOnFrom(full)).isTrue();
  }
}
