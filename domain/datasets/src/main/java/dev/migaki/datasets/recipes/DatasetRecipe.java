package dev.migaki.datasets.recipes;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.datasets.Recipe;

/**
 * A dataset's recipe as cleansing reads it.
 *
 * @param hash SHA-256 of the file, 64 hexadecimal digits
 */
public record DatasetRecipe(Recipe examples, CleansingRecipe cleansing, String hash) {
  public DatasetRecipe {
    requireNonNull(examples, "examples");
    requireNonNull(cleansing, "cleansing");
    requireNonNull(hash, "hash");
  }
}
