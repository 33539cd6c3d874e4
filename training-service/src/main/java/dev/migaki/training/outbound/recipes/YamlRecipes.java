package dev.migaki.training.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.domain.RecipeHyperparameters;
import dev.migaki.training.domain.Recipes;
import dev.migaki.training.domain.TrainingRecipe;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads the {@code training}, {@code budget} and {@code retrain} blocks of a recipe file. */
@ApplicationScoped
public class YamlRecipes implements Recipes {
  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private static final List<String> BUDGET_KEYS =
      List.of("currency", "perRun", "perMonth", "pricePerMillionTokens", "pricePerHour");
  private static final List<String> RETRAIN_KEYS =
      List.of(
          "minExamples",
          "minInterval",
          "from",
          "replayShare",
          "elasticStrength",
          "hyperparameters");
  private static final double USUAL_REPLAY = 0.05;

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
    Block training =
        new Block("training", recipe, List.of("provider", "baseModel", "hyperparameters"));
    RecipeHyperparameters hyperparameters =
        within(
            "training.hyperparameters",
            () -> new RecipeHyperparameters(training.texts("hyperparameters")));
    String provider = training.text("provider", defaults.provider());
    if (!provider.equals(defaults.provider())) {
      throw new IllegalArgumentException(
          "training.provider must be %s, this release has no other, but is '%s'"
              .formatted(defaults.provider(), provider));
    }
    return new TrainingRecipe(
        provider,
        training.text("baseModel", defaults.baseModel()),
        hyperparameters,
        budget(new Block("budget", recipe, BUDGET_KEYS)),
        price(new Block("budget", recipe, BUDGET_KEYS)),
        retrain(new Block("retrain", recipe, RETRAIN_KEYS), hyperparameters));
  }

  private static TrainingRecipe.Budget budget(Block budget) {
    TrainingRecipe.Budget defaults = TrainingRecipe.DEFAULTS.budget();
    return new TrainingRecipe.Budget(
        budget.text("currency", defaults.currency()),
        budget.number("perRun", defaults.perRun()),
        budget.number("perMonth", defaults.perMonth()));
  }

  private static TrainingRecipe.Price price(Block budget) {
    TrainingRecipe.Price defaults = TrainingRecipe.DEFAULTS.price();
    return new TrainingRecipe.Price(
        budget.number("pricePerMillionTokens", defaults.perMillionTokens()),
        budget.number("pricePerHour", defaults.perHour()));
  }

  private static TrainingRecipe.RetrainRules retrain(
      Block retrain, RecipeHyperparameters training) {
    TrainingRecipe.RetrainRules defaults = TrainingRecipe.DEFAULTS.retrain();
    Map<String, String> changes = retrain.texts("hyperparameters");
    // refused when the recipe is read, not months later
    RecipeHyperparameters changed = within("retrain.hyperparameters", () -> training.with(changes));
    String method = training.known().method();
    if (!changed.known().method().equals(method)) {
      throw new IllegalArgumentException(
          "retrain.hyperparameters.method must be that of training.hyperparameters (%s); remove it"
              .formatted(method));
    }
    TrainingRecipe.RetrainRules rules =
        new TrainingRecipe.RetrainRules(
            (int) retrain.number("minExamples", defaults.minExamples()),
            retrain.duration("minInterval", defaults.minInterval()),
            startFrom(retrain.text("from", "previous")),
            retrain.text("replayShare", "0").equals("auto")
                ? USUAL_REPLAY
                : retrain.number("replayShare", defaults.replayShare()),
            retrain.number("elasticStrength", defaults.elasticStrength()),
            changes);
    if (rules.remembers() && changed.known().prefers()) {
      throw new IllegalArgumentException(
          "retrain.replayShare and retrain.elasticStrength need answers to remember, method dpo has"
              + " pairs; remove them");
    }
    return rules;
  }

  private static RecipeHyperparameters within(
      String block, Supplier<RecipeHyperparameters> reading) {
    try {
      return reading.get();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(block + ": " + e.getMessage(), e);
    }
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
