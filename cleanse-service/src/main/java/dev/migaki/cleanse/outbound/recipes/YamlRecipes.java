package dev.migaki.cleanse.outbound.recipes;

import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.Recipes;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.recipes.RecipeFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Recipe files of a directory, {@code <dataset>.yaml} or else {@code default.yaml}. A faulty recipe
 * has its documents set aside until the file is right; it never buries them.
 */
@ApplicationScoped
public class YamlRecipes implements Recipes {
  private final RecipeFiles<DatasetRecipe> recipes;

  @Inject
  YamlRecipes(CleanseConfig config) {
    this(config.recipesDirectory(), config.pseudonymKey());
  }

  YamlRecipes(Path directory, Optional<String> pseudonymKey) {
    PseudonymKey key =
        PseudonymKey.of(
            pseudonymKey
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(YamlRecipes::randomKey));
    RecipeReader reader = new RecipeReader(key, pseudonymKey.isPresent());
    this.recipes =
        new RecipeFiles<>(
            directory, (recipe, bytes) -> reader.read(recipe, ContentHash.ofBytes(bytes)));
  }

  @Override
  public DatasetRecipe of(String dataset) {
    try {
      return recipes.of(dataset);
    } catch (IllegalArgumentException e) {
      throw new TransientFailure(ErrorCode.RECIPE_INVALID, String.valueOf(e.getMessage()), e);
    }
  }

  private static byte[] randomKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
