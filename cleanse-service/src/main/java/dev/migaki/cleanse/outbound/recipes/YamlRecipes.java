package dev.migaki.cleanse.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.Recipes;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Recipe files of a directory, {@code <dataset>.yaml} or else {@code default.yaml}. A faulty recipe
 * holds its documents back (they are retried) until the file is right; it never buries them.
 */
@ApplicationScoped
public class YamlRecipes implements Recipes {
  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private final YAMLMapper mapper = new YAMLMapper();
  private final Path directory;
  private final RecipeReader reader;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  YamlRecipes(CleanseConfig config) {
    this.directory = config.recipesDirectory();
    PseudonymKey key =
        PseudonymKey.of(
            config
                .pseudonymKey()
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .orElseGet(YamlRecipes::randomKey));
    this.reader = new RecipeReader(key, config.pseudonymKey().isPresent());
  }

  /** What a file said the last time; compared by its bytes, since each document asks. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Known(byte[] bytes, DatasetRecipe recipe) {}

  @Override
  public DatasetRecipe of(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    boolean inside = own.normalize().startsWith(directory.normalize());
    Path file = inside && Files.exists(own) ? own : directory.resolve("default.yaml");
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      Known last = known.get(file);
      if (last == null || !Arrays.equals(last.bytes(), bytes)) {
        JsonNode root = bytes.length == 0 ? MissingNode.getInstance() : mapper.readTree(bytes);
        last = new Known(bytes, reader.read(root, ContentHash.ofBytes(bytes)));
        known.put(file, last);
      }
      return last.recipe();
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new TransientFailure(
          RECIPE_INVALID, "recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private static byte[] randomKey() {
    byte[] bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return bytes;
  }
}
