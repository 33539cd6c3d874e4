package dev.migaki.training.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.Recipes;
import dev.migaki.training.domain.TrainingRecipe;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Reads the {@code training}, {@code budget} and {@code retrain} blocks of a recipe file. */
@ApplicationScoped
public class YamlRecipes implements Recipes {
  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private final YAMLMapper mapper = new YAMLMapper();
  private final Path directory;

  YamlRecipes(TrainingConfig config) {
    this.directory = config.recipesDirectory();
  }

  @Override
  public TrainingRecipe of(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    Path file =
        own.normalize().startsWith(directory.normalize()) && Files.exists(own)
            ? own
            : directory.resolve("default.yaml");
    if (!Files.exists(file)) {
      return TrainingRecipe.DEFAULTS;
    }
    try {
      return read(mapper.readTree(file.toFile()));
    } catch (IOException | IllegalArgumentException e) {
      throw new PermanentFailure(
          RECIPE_INVALID, "recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static TrainingRecipe read(JsonNode recipe) {
    TrainingRecipe defaults = TrainingRecipe.DEFAULTS;
    JsonNode training = recipe.path("training");
    JsonNode budget = recipe.path("budget");
    JsonNode retrain = recipe.path("retrain");
    Hyperparameters hyperparameters =
        Hyperparameters.DEFAULTS.with(texts(training.path("hyperparameters")));
    Map<String, String> onRetrain = texts(retrain.path("hyperparameters"));
    hyperparameters.with(
        onRetrain); // refuses what is unknown when the recipe is read, not months later
    return new TrainingRecipe(
        training.path("provider").asText(defaults.provider()),
        training.path("baseModel").asText(defaults.baseModel()),
        hyperparameters,
        new TrainingRecipe.Budget(
            budget.path("currency").asText(defaults.budget().currency()),
            budget.path("perRun").asDouble(defaults.budget().perRun()),
            budget.path("perMonth").asDouble(defaults.budget().perMonth())),
        new TrainingRecipe.Price(
            budget.path("pricePerMillionTokens").asDouble(defaults.price().perMillionTokens()),
            budget.path("pricePerHour").asDouble(defaults.price().perHour())),
        new TrainingRecipe.RetrainRules(
            retrain.path("minExamples").asInt(defaults.retrain().minExamples()),
            Duration.parse(
                retrain.path("minInterval").asText(defaults.retrain().minInterval().toString())),
            startFrom(retrain.path("from").asText("previous")),
            onRetrain));
  }

  private static Map<String, String> texts(JsonNode block) {
    Map<String, String> texts = new TreeMap<>();
    block.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    return texts;
  }

  private static StartFrom startFrom(String name) {
    return switch (name) {
      case "previous" -> StartFrom.PREVIOUS;
      case "base" -> StartFrom.BASE;
      default ->
          throw new IllegalArgumentException(
              "retrain.from must be previous or base but is '" + name + "'");
    };
  }
}
