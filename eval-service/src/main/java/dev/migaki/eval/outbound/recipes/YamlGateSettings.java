package dev.migaki.eval.outbound.recipes;

import dev.migaki.eval.config.EvalConfig;
import dev.migaki.eval.domain.GateSettings;
import dev.migaki.metrics.PromotionGate;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.recipes.RecipeBlock;
import dev.migaki.recipes.RecipeFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads the {@code gate} block of a recipe file. A faulty recipe holds its models back until the
 * file is right.
 */
@ApplicationScoped
public class YamlGateSettings implements GateSettings.Source {
  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private static final List<String> KEYS =
      List.of(
          "minAnsweredRight",
          "maxConfidentWrong",
          "minQuestions",
          "fewShotExamples",
          "maxNewTokens",
          "maxQuestions");
  private static final int ANY = Integer.MAX_VALUE;

  private final RecipeFiles<GateSettings> recipes;

  @Inject
  YamlGateSettings(EvalConfig config) {
    this(config.recipesDirectory());
  }

  YamlGateSettings(Path directory) {
    this.recipes =
        new RecipeFiles<>(directory, (recipe, bytes) -> read(recipe.block("gate", KEYS)));
  }

  @Override
  public GateSettings of(String dataset) {
    try {
      return recipes.of(dataset);
    } catch (IllegalArgumentException e) {
      throw new TransientFailure(RECIPE_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private static GateSettings read(RecipeBlock gate) {
    GateSettings defaults = GateSettings.DEFAULTS;
    PromotionGate.Thresholds limits = defaults.thresholds();
    return new GateSettings(
        new PromotionGate.Thresholds(
            gate.number("minAnsweredRight", limits.minAnsweredRight(), 0, 1),
            gate.number("maxConfidentWrong", limits.maxConfidentWrong(), 0, 1),
            gate.whole("minQuestions", limits.minQuestions(), 1, ANY)),
        gate.whole("fewShotExamples", defaults.fewShotExamples(), 0, ANY),
        gate.whole("maxNewTokens", defaults.maxNewTokens(), 1, ANY),
        gate.whole("maxQuestions", defaults.maxQuestions(), 1, ANY));
  }
}
