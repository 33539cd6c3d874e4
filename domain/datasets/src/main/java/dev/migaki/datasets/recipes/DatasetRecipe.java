package dev.migaki.datasets.recipes;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.remote.RemoteReader;
import dev.migaki.datasets.teacher.TeacherSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A dataset's recipe as cleansing reads it.
 *
 * @param readers second readers for personal data, asked at the documents; empty for none
 * @param teacher null when no model is asked for further pairs
 * @param hash SHA-256 of the file, 64 hexadecimal digits
 */
public record DatasetRecipe(
    Recipe examples,
    CleansingRecipe cleansing,
    List<RemoteReader> readers,
    @Nullable TeacherSettings teacher,
    String hash) {
  public DatasetRecipe {
    requireNonNull(examples, "examples");
    requireNonNull(cleansing, "cleansing");
    readers = List.copyOf(readers);
    requireNonNull(hash, "hash");
  }

  /** A recipe without second readers and without a teacher. */
  public DatasetRecipe(Recipe examples, CleansingRecipe cleansing, String hash) {
    this(examples, cleansing, List.of(), null, hash);
  }
}
