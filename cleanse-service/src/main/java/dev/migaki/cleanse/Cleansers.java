package dev.migaki.cleanse;

import dev.migaki.cleanse.domain.SecondReaders;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.recipes.DatasetRecipe;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Cleansers by recipe: their dictionaries and models are worth keeping. */
@ApplicationScoped
public class Cleansers {
  private static final int MOST_KEPT = 8;

  private final Map<String, DocumentCleanser> byRecipe = new ConcurrentHashMap<>();
  private final SecondReaders readers;

  Cleansers(SecondReaders readers) {
    this.readers = readers;
  }

  /** The cleanser of a recipe; with second readers it may fail as an event handler may. */
  public DocumentCleanser of(DatasetRecipe recipe) {
    if (byRecipe.size() > MOST_KEPT) {
      byRecipe.clear();
    }
    return byRecipe.computeIfAbsent(
        recipe.hash(),
        hash -> new DocumentCleanser(TextCleanser.create(recipe.cleansing(), readers.of(recipe))));
  }
}
