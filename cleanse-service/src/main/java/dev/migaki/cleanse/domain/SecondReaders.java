package dev.migaki.cleanse.domain;

import dev.migaki.cleansing.recognition.DocumentRecognizer;
import dev.migaki.datasets.recipes.DatasetRecipe;
import java.util.List;

/** Recognisers elsewhere. */
public interface SecondReaders {

  /** Those that a recipe names; what they throw is a failure of the stage. */
  List<DocumentRecognizer> of(DatasetRecipe recipe);
}
