package dev.migaki.cli.dryrun;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.documents.recipes.DocumentsRecipe;

/** What tests of dry runs have in common. */
final class DryRuns {
  private DryRuns() {}

  static DryRunRecipe recipe() {
    return recipe(new DatasetRecipe(Recipe.defaults(), CleansingRecipe.standard(), "none"));
  }

  static DryRunRecipe recipe(DatasetRecipe dataset) {
    return new DryRunRecipe(dataset, DocumentsRecipe.defaults());
  }
}
