package dev.migaki.ingest.outbound.recipes;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.DocumentBounds;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.recipes.RecipeBlock;
import dev.migaki.recipes.RecipeFiles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Reads the block {@code documents} of a recipe file. The operator's largest document in bytes wins
 * over the recipe's. A document with a faulty recipe is a dead letter, so that others go on.
 */
@ApplicationScoped
public class YamlBounds implements DocumentBounds {

  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private static final List<String> KEYS =
      List.of(
          "maxBytes",
          "maxCharacters",
          "maxArchiveEntries",
          "maxExpansion",
          "expansionFloorBytes",
          "maxUnpackedBytes",
          "maxDepth",
          "heapMegabytes",
          "timeout",
          "columns");
  private static final int ANY = Integer.MAX_VALUE;

  private final RecipeFiles<Documents> recipes;
  private final long maxBytes;

  @Inject
  YamlBounds(IngestConfig config) {
    this(config.recipesDirectory(), config.maxDocumentBytes());
  }

  YamlBounds(Path directory, long maxBytes) {
    this.maxBytes = maxBytes;
    this.recipes =
        new RecipeFiles<>(directory, (recipe, bytes) -> read(recipe.block("documents", KEYS)));
  }

  /** What a recipe says about documents. */
  private record Documents(ParseBounds bounds, String question, String answer) {}

  @Override
  public ParseBounds of(String dataset) {
    return recipe(dataset).bounds();
  }

  @Override
  public ParseHints completed(String dataset, ParseHints hints) {
    Documents recipe = recipe(dataset);
    return recipe.question().isEmpty()
        ? hints
        : hints.withColumns(recipe.question(), recipe.answer());
  }

  private Documents recipe(String dataset) {
    try {
      return recipes.of(dataset);
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (e.getCause() instanceof IOException) {
        throw new TransientFailure(RECIPE_INVALID, message, e);
      }
      // one dataset's slip must not hold up the others of its partition, nor their erasures
      throw new PermanentFailure(RECIPE_INVALID, message, e);
    }
  }

  private Documents read(RecipeBlock block) {
    RecipeBlock columns = block.block("columns", List.of("question", "answer"));
    String question = columns.text("question", "");
    String answer = columns.text("answer", "");
    if (question.isEmpty() != answer.isEmpty()) {
      throw new IllegalArgumentException("documents.columns needs question and answer, or neither");
    }
    try {
      // says now what it would say of each document
      ParseHints.none().withColumns(question, answer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("documents.columns: " + e.getMessage(), e);
    }
    return new Documents(bounds(block), question, answer);
  }

  private ParseBounds bounds(RecipeBlock block) {
    ParseBounds defaults = ParseBounds.defaults();
    ParseLimits limits = defaults.limits();
    return new ParseBounds(
        new ParseLimits(
            Math.min(maxBytes, block.whole("maxBytes", limits.maxBytes(), 1, Long.MAX_VALUE)),
            block.whole("maxCharacters", limits.maxCharacters(), 1, ANY),
            block.whole("maxArchiveEntries", limits.maxArchiveEntries(), 1, ANY),
            block.whole("maxExpansion", limits.maxExpansion(), 1, ANY),
            block.whole("expansionFloorBytes", limits.expansionFloorBytes(), 0, Long.MAX_VALUE),
            block.whole("maxUnpackedBytes", limits.maxUnpackedBytes(), 1, Long.MAX_VALUE),
            block.whole("maxDepth", limits.maxDepth(), 1, ANY)),
        block.whole("heapMegabytes", defaults.heapMegabytes(), 64, ANY),
        block.duration("timeout", defaults.timeout(), Duration.ofMillis(1), Duration.ofDays(1)));
  }
}
