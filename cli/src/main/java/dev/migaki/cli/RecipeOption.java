package dev.migaki.cli;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.recipes.RecipeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The recipe that a dry run follows, read as the cleanse service reads it. */
final class RecipeOption {
  private static final String KEY = "MIGAKI_CLEANSE_PSEUDONYM_KEY";

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "recipe to follow; without it, the defaults of an empty recipe")
  private @Nullable Path file;

  /** The recipe that was named, or the one that says nothing. */
  DatasetRecipe read() throws IOException {
    return file == null ? read(new byte[0], "defaults") : read(file);
  }

  /** The recipe that was named, or else this file, or else the one that says nothing. */
  DatasetRecipe readOr(Path fallback) throws IOException {
    return file == null && Files.exists(fallback) ? read(fallback) : read();
  }

  private static DatasetRecipe read(Path path) throws IOException {
    return read(Files.readAllBytes(path), path.toString());
  }

  private static DatasetRecipe read(byte[] bytes, String name) throws IOException {
    String tenants = System.getenv(KEY);
    PseudonymKey key =
        PseudonymKey.of(tenants == null ? randomKey() : tenants.getBytes(StandardCharsets.UTF_8));
    RecipeReader reader = new RecipeReader(key, tenants != null);
    try {
      return RecipeFiles.read(
          bytes, (recipe, same) -> reader.read(recipe, ContentHash.ofBytes(same)));
    } catch (IllegalArgumentException e) {
      throw new IOException("recipe " + name + ": " + e.getMessage(), e);
    }
  }

  private static byte[] randomKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
