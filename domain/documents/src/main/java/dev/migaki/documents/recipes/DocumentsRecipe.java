package dev.migaki.documents.recipes;

import static java.util.Objects.requireNonNull;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.recipes.RecipeBlock;
import java.time.Duration;
import java.util.List;

/**
 * The block {@code documents} of a recipe. Services and dry runs read it through this one class, so
 * a dry run gives the verdicts that the service will.
 *
 * @param bounds of one document
 * @param question name of the column that holds questions, empty where the recipe names none
 * @param answer the same for answers
 */
public record DocumentsRecipe(ParseBounds bounds, String question, String answer) {
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
  private static final DocumentsRecipe DEFAULTS =
      new DocumentsRecipe(ParseBounds.defaults(), "", "");

  public DocumentsRecipe {
    requireNonNull(bounds, "bounds");
    if (question.isEmpty() != answer.isEmpty()) {
      throw new IllegalArgumentException("documents.columns needs question and answer, or neither");
    }
    try {
      // says now what it would say of each document
      ParseHints.none().withColumns(question, answer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("documents.columns: " + e.getMessage(), e);
    }
  }

  /** What a recipe without the block says. */
  public static DocumentsRecipe defaults() {
    return DEFAULTS;
  }

  /**
   * Reads the block of a recipe.
   *
   * @param mostBytes the operator's largest document, which wins over the recipe's; 1 or more
   * @throws IllegalArgumentException naming the key that is unknown or whose value is wrong
   */
  public static DocumentsRecipe read(RecipeBlock recipe, long mostBytes) {
    RecipeBlock block = recipe.block("documents", KEYS);
    RecipeBlock columns = block.block("columns", List.of("question", "answer"));
    return new DocumentsRecipe(
        bounds(block, mostBytes), columns.text("question", ""), columns.text("answer", ""));
  }

  private static ParseBounds bounds(RecipeBlock block, long mostBytes) {
    ParseBounds defaults = ParseBounds.defaults();
    ParseLimits limits = defaults.limits();
    return new ParseBounds(
        new ParseLimits(
            Math.min(mostBytes, block.whole("maxBytes", limits.maxBytes(), 1, Long.MAX_VALUE)),
            block.whole("maxCharacters", limits.maxCharacters(), 1, ANY),
            block.whole("maxArchiveEntries", limits.maxArchiveEntries(), 1, ANY),
            block.whole("maxExpansion", limits.maxExpansion(), 1, ANY),
            block.whole("expansionFloorBytes", limits.expansionFloorBytes(), 0, Long.MAX_VALUE),
            block.whole("maxUnpackedBytes", limits.maxUnpackedBytes(), 1, Long.MAX_VALUE),
            block.whole("maxDepth", limits.maxDepth(), 1, ANY)),
        block.whole("heapMegabytes", defaults.heapMegabytes(), 64, ANY),
        block.duration("timeout", defaults.timeout(), Duration.ofMillis(1), Duration.ofDays(1)));
  }

  /** The sender's hints, and where they are silent what the recipe says of tables. */
  public ParseHints completed(ParseHints hints) {
    return question.isEmpty() ? hints : hints.withColumns(question, answer);
  }
}
