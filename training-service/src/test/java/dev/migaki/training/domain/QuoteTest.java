package dev.migaki.training.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.migaki.training.domain.TrainingRecipe.Budget;
import dev.migaki.training.domain.TrainingRecipe.Price;
import dev.migaki.training.domain.TrainingRecipe.RetrainRules;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class QuoteTest {

  @Test
  void shouldMultiplyTokensByEpochsAndPrice() {
    // Given 3 dollars a million tokens, no price for time, three epochs
    TrainingRecipe recipe = recipe(Map.of("epochs", "3", "maxSeconds", "0"), new Price(3, 0));

    // When
    Quote quote = quote(recipe, 1000, 0);

    // Then
    assertThat(quote.trainedTokens()).isEqualTo(300_000);
    assertThat(quote.amount()).isCloseTo(0.90, offset(1e-9));
    assertThat(quote.estimatedSeconds()).isCloseTo(300, offset(1e-9));
    assertThat(quote.withinBudget()).isTrue();
  }

  @Test
  void shouldStopCountingAtTheTimeLimit() {
    TrainingRecipe recipe = recipe(Map.of("epochs", "10", "maxSeconds", "60"), new Price(0, 3.6));

    Quote quote = quote(recipe, 1000, 0);

    assertThat(quote.trainedTokens()).isEqualTo(60_000);
    assertThat(quote.estimatedSeconds()).isEqualTo(60);
    assertThat(quote.amount()).isCloseTo(0.06, offset(1e-9));
  }

  @Test
  void shouldRefuseWhenTheRunCostsMoreThanTheBudgetAllows() {
    TrainingRecipe recipe = recipe(Map.of("epochs", "3", "maxSeconds", "0"), new Price(100, 0));

    assertThat(quote(recipe, 1000, 0).refusal())
        .isEqualTo("the run is quoted at 30.00 USD, the recipe allows 5.00 per run");
  }

  @Test
  void shouldRefuseWhenTheMonthIsSpent() {
    TrainingRecipe recipe = recipe(Map.of("epochs", "1", "maxSeconds", "0"), new Price(10, 0));

    assertThat(quote(recipe, 1000, 19.5).withinBudget()).isFalse();
    assertThat(quote(recipe, 1000, 19.0).withinBudget()).isTrue();
  }

  @Test
  void shouldNameTheHyperparameterWhenItsValueIsUnusable() {
    assertThatThrownBy(() -> Hyperparameters.DEFAULTS.with(Map.of("learningRate", "fast")))
        .hasMessage("learningRate must be a number but is 'fast'");
    assertThatThrownBy(() -> Hyperparameters.DEFAULTS.with(Map.of("epochs", "0")))
        .hasMessage("epochs must be 1 to 1000 but is 0");
    assertThatThrownBy(() -> Hyperparameters.DEFAULTS.with(Map.of("epoch", "3")))
        .hasMessageStartingWith("unknown hyperparameters: [epoch]; known are [method, epochs,");
  }

  private static Quote quote(TrainingRecipe recipe, double tokensPerSecond, double spentThisMonth) {
    return Quote.of(
        100_000, recipe.hyperparameters().known(), recipe, tokensPerSecond, spentThisMonth);
  }

  private static TrainingRecipe recipe(Map<String, String> hyperparameters, Price price) {
    return new TrainingRecipe(
        "local",
        "tiny",
        new RecipeHyperparameters(hyperparameters),
        new Budget("USD", 5, 20),
        price,
        new RetrainRules(10, Duration.ZERO, StartFrom.PREVIOUS, 0, 0, Map.of()));
  }
}
