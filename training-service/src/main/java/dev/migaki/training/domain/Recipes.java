package dev.migaki.training.domain;

/** Where recipes come from. */
public interface Recipes {
  /** The training part of the dataset's recipe, or of the default one. */
  TrainingRecipe of(String dataset);
}
