package dev.migaki.ingest.outbound.recipes;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.recipes.DocumentsRecipe;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.DocumentBounds;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.recipes.RecipeFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What the recipe file of a dataset says about its documents. The operator's largest document in
 * bytes wins over the recipe's. A document with a faulty recipe is a dead letter, so that others go
 * on.
 */
@ApplicationScoped
public class YamlBounds implements DocumentBounds {

  private final RecipeFiles<DocumentsRecipe> recipes;

  @Inject
  YamlBounds(IngestConfig config) {
    this(config.recipesDirectory(), config.maxDocumentBytes());
  }

  YamlBounds(Path directory, long maxBytes) {
    this.recipes =
        new RecipeFiles<>(directory, (recipe, bytes) -> DocumentsRecipe.read(recipe, maxBytes));
  }

  @Override
  public ParseBounds of(String dataset) {
    return recipe(dataset).bounds();
  }

  @Override
  public ParseHints completed(String dataset, ParseHints hints) {
    return recipe(dataset).completed(hints);
  }

  private DocumentsRecipe recipe(String dataset) {
    try {
      return recipes.of(dataset);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (e.getCause() instanceof IOException) {
        throw new TransientFailure(ErrorCode.RECIPE_INVALID, message, e);
      }
      // one dataset's slip must not hold up the others of its partition, nor their erasures
      throw new PermanentFailure(ErrorCode.RECIPE_INVALID, message, e);
    }
  }
}
