package dev.migaki.cli;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cli.dryrun.DryRunRecipe;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.recipes.DocumentsRecipe;
import dev.migaki.recipes.RecipeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The recipe that a dry run follows, read as the services read it. */
final class RecipeOption {
  private static final String KEY = "MIGAKI_CLEANSE_PSEUDONYM_KEY";
  private static final String MOST_BYTES = "MIGAKI_INGEST_MAX_DOCUMENT_BYTES";

  @Option(
      names = "--recipe",
      paramLabel = "FILE",
      description = "recipe to follow; without it, the defaults of an empty recipe")
  private @Nullable Path file;

  /** The recipe that was named, or the one that says nothing. */
  DryRunRecipe read() throws IOException {
    return file == null ? read(new byte[0], "defaults") : read(file);
  }

  /** The recipe that was named, or else this file, or else the one that says nothing. */
  DryRunRecipe readOr(Path fallback) throws IOException {
    return file == null && Files.exists(fallback) ? read(fallback) : read();
  }

  private static DryRunRecipe read(Path path) throws IOException {
    return read(Files.readAllBytes(path), path.toString());
  }

  private static DryRunRecipe read(byte[] bytes, String name) throws IOException {
    String tenants = System.getenv(KEY);
    PseudonymKey key =
        PseudonymKey.of(tenants == null ? randomKey() : tenants.getBytes(StandardCharsets.UTF_8));
    long mostBytes = mostBytes();
    RecipeReader reader = new RecipeReader(key, tenants != null);
    try {
      return RecipeFiles.read(
          bytes,
          (recipe, same) ->
              new DryRunRecipe(
                  reader.read(recipe, ContentHash.ofBytes(same)),
                  DocumentsRecipe.read(recipe, mostBytes)));
    } catch (IllegalArgumentException e) {
      throw new IOException("recipe " + name + ": " + e.getMessage(), e);
    }
  }

  /** The operator's limit, as the ingest service has it. */
  private static long mostBytes() throws IOException {
    String limit = System.getenv(MOST_BYTES);
    try {
      return limit == null ? ParseLimits.defaults().maxBytes() : Long.parseLong(limit);
    } catch (NumberFormatException e) {
      throw new IOException(MOST_BYTES + " must be a number of bytes", e);
    }
  }

  private static byte[] randomKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
