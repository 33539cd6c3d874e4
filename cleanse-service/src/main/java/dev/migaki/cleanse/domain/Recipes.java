package dev.migaki.cleanse.domain;

import dev.migaki.datasets.recipes.DatasetRecipe;

/** Where recipes come from. */
public interface Recipes {

  /** The recipe of a dataset, read anew so that a change needs no restart. */
  DatasetRecipe of(String dataset);
}
