package dev.migaki.training.outbound.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.training.config.FixedTrainingConfig;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.TrainingRecipe;
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

class YamlRecipesTest {
  private static final Path SHIPPED = Path.of("../recipes");

  @TempDir Path directory;

  private TrainingRecipe read(String yaml) throws IOException {
    Files.writeString(directory.resolve("faq.yaml"), yaml);
    return new YamlRecipes(FixedTrainingConfig.in(directory)).of("faq");
  }

  @Test
  void shouldReplayFivePercentWhenTheShareIsAuto() throws IOException {
    // When
    TrainingRecipe recipe =
        read(
            """
            training: {hyperparameters: {method: lora, epochs: auto, batchTokens: auto}}
            retrain: {replayShare: auto, elasticStrength: 0.5}
            """);

    // Then
    assertThat(recipe.retrain().replayShare()).isEqualTo(0.05);
    assertThat(recipe.retrain().elasticStrength()).isEqualTo(0.5);
    assertThat(recipe.hyperparameters().given()).containsEntry("epochs", "auto");
  }

  @Test
  void shouldRememberNothingWhenTheRecipeIsSilent() throws IOException {
    assertThat(read("training: {}").retrain().remembers()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "training: {provider: openai}|training.provider must be local, this release has no other",
        "training: {epochs: 3}|training: unknown key epochs; known are provider, baseModel,",
        "training: {baseModel: 7}|training.baseModel must be a text; put it into quotes",
        "training: {hyperparameters: {epoch: 3}}|training.hyperparameters: unknown key epoch (did you mean epochs?); known are method, epochs,",
        "training: {hyperparameters: {epochs: many}}|training.hyperparameters: epochs must be a whole number but is 'many'",
        "training: {hyperparameters: {epochs: 2.7}}|training.hyperparameters: epochs must be a whole number but is '2.7'",
        "training: {hyperparameters: {maxSeconds: 3000000000}}|training.hyperparameters: maxSeconds must be a whole number of at most 2147483647",
        "training: {hyperparameters: {epochs: [2]}}|training.hyperparameters.epochs must be one value",
        "training: {hyperparameters: {weightDecay: Infinity}}|training.hyperparameters: weightDecay must be a number but is 'Infinity'",
        "training: {hyperparameters: [lora]}|training.hyperparameters must be a block of keys with values",
        "training: lora|training must be a block of keys with values",
        "trainig: {baseModel: m}|unknown key trainig (did you mean training?); known are languages, seed,",
        "training: {hyperparameters: {rank: 3}}|training.hyperparameters: rank belongs to an adapter",
        "retrain: {hyperparameters: {method: lora}}|retrain.hyperparameters.method must be that of training",
        "retrain: {hyperparameters: {beta: 1}}|retrain.hyperparameters: beta needs method dpo",
        "retrain: {replay: 0.1}|retrain: unknown key replay (did you mean replayShare?)",
        "retrain: {replayShare: 2}|retrain.replayShare must be auto or a number from 0 to 1 but is '2'",
        "retrain: {replayShare: most}|retrain.replayShare must be auto or a number from 0 to 1 but is 'most'",
        "retrain: {minExamples: 10.5}|retrain.minExamples must be a whole number, 0 or more, but is '10.5'",
        "retrain: {from: start}|retrain.from must be previous or base but is 'start'",
        "retrain: {from: base, elasticStrength: 1}|retrain.elasticStrength holds the previous model's",
        "retrain: {minInterval: tomorrow}|retrain.minInterval must be an ISO-8601 duration",
        "budget: {perRun: much}|budget.perRun must be a number, 0 or more, but is 'much'",
        "budget: {pricePerHour: -1}|budget.pricePerHour must be a number, 0 or more, but is '-1'",
        "budget: {currency: dollars}|budget.currency must be an ISO 4217 code such as USD but is 'dollars'"
      })
  void shouldSayWhatIsWrongAndWhere(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(TransientFailure.class)
        .hasMessageStartingWith("recipe faq.yaml: " + message);
  }

  @Test
  void shouldRefuseReplayWhenTheDataArePairs() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    training: {hyperparameters: {method: dpo}}
                    retrain: {replayShare: 0.1}
                    """))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("method dpo has pairs; remove them");
  }

  static List<Path> shippedRecipes() throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedRecipes")
  void shouldReadEveryShippedRecipe(Path file) throws IOException {
    // When
    TrainingRecipe recipe = read(Files.readString(file));

    // Then
    Hyperparameters hyperparameters = recipe.hyperparameters().known();
    assertThat(hyperparameters.method()).isEqualTo("full");
    assertThat(hyperparameters.passTokens()).isZero();
    assertThat(recipe.hyperparameters().isAutomatic("epochs")).isTrue();
    assertThat(recipe.hyperparameters().isAutomatic("learningRate")).isFalse();
    assertThat(recipe.retrain().remembers()).isFalse();
  }
}
