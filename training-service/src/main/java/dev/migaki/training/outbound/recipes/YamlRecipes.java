package dev.migaki.training.outbound.recipes;

import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.recipes.RecipeBlock;
import dev.migaki.recipes.RecipeFiles;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.RecipeHyperparameters;
import dev.migaki.training.domain.Recipes;
import dev.migaki.training.domain.TrainingRecipe;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Reads the {@code training}, {@code budget} and {@code retrain} blocks of a recipe file. A faulty
 * recipe has its dataset's versions set aside until the file is right; it never buries them.
 */
@ApplicationScoped
public class YamlRecipes implements Recipes {
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
  private static final double ANY = Double.MAX_VALUE;
  private static final Duration DECADE = Duration.ofDays(3650);

  private final RecipeFiles<TrainingRecipe> recipes;

  YamlRecipes(TrainingConfig config) {
    this.recipes = new RecipeFiles<>(config.recipesDirectory(), (recipe, bytes) -> read(recipe));
  }

  @Override
  public TrainingRecipe of(String dataset) {
    try {
      return recipes.of(dataset);
    } catch (IllegalArgumentException e) {
      throw new TransientFailure(ErrorCode.RECIPE_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private static TrainingRecipe read(RecipeBlock recipe) {
    TrainingRecipe defaults = TrainingRecipe.DEFAULTS;
    RecipeBlock training =
        recipe.block("training", List.of("provider", "baseModel", "hyperparameters"));
    Map<String, String> given = hyperparameters(training);
    RecipeHyperparameters hyperparameters =
        within("training.hyperparameters", () -> new RecipeHyperparameters(given));
    RecipeBlock budget = recipe.block("budget", BUDGET_KEYS);
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
        budget(budget),
        price(budget),
        retrain(recipe.block("retrain", RETRAIN_KEYS), hyperparameters));
  }

  private static Map<String, String> hyperparameters(RecipeBlock block) {
    block.block("hyperparameters", Hyperparameters.KEYS); // names those that are unknown
    return block.entries("hyperparameters");
  }

  private static TrainingRecipe.Budget budget(RecipeBlock budget) {
    TrainingRecipe.Budget defaults = TrainingRecipe.DEFAULTS.budget();
    String currency = budget.text("currency", defaults.currency());
    if (!currency.matches("[A-Z]{3}")) {
      throw budget.wrong("currency", "an ISO 4217 code such as USD");
    }
    return new TrainingRecipe.Budget(
        currency,
        budget.number("perRun", defaults.perRun(), 0, ANY),
        budget.number("perMonth", defaults.perMonth(), 0, ANY));
  }

  private static TrainingRecipe.Price price(RecipeBlock budget) {
    TrainingRecipe.Price defaults = TrainingRecipe.DEFAULTS.price();
    return new TrainingRecipe.Price(
        budget.number("pricePerMillionTokens", defaults.perMillionTokens(), 0, ANY),
        budget.number("pricePerHour", defaults.perHour(), 0, ANY));
  }

  private static TrainingRecipe.RetrainRules retrain(
      RecipeBlock retrain, RecipeHyperparameters training) {
    TrainingRecipe.RetrainRules defaults = TrainingRecipe.DEFAULTS.retrain();
    Map<String, String> changes = hyperparameters(retrain);
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
            retrain.whole("minExamples", defaults.minExamples(), 0, Integer.MAX_VALUE),
            retrain.duration("minInterval", defaults.minInterval(), Duration.ZERO, DECADE),
            startFrom(retrain),
            replayShare(retrain, defaults.replayShare()),
            retrain.number("elasticStrength", defaults.elasticStrength(), 0, ANY),
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

  private static double replayShare(RecipeBlock retrain, double otherwise) {
    if (retrain.says("replayShare", "auto")) {
      return USUAL_REPLAY;
    }
    try {
      return retrain.number("replayShare", otherwise, 0, 1);
    } catch (IllegalArgumentException e) {
      throw retrain.wrong("replayShare", "auto or a number from 0 to 1");
    }
  }

  private static StartFrom startFrom(RecipeBlock retrain) {
    return switch (retrain.text("from", "previous")) {
      case "previous" -> StartFrom.PREVIOUS;
      case "base" -> StartFrom.BASE;
      default -> throw retrain.wrong("from", "previous or base");
    };
  }
}
