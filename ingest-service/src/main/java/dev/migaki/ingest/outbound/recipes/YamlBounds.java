package dev.migaki.ingest.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.DocumentBounds;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads the block {@code documents} of a recipe file. The operator's largest document in bytes wins
 * over the recipe's. A faulty recipe holds its documents back until the file is right; it never
 * buries them.
 */
@ApplicationScoped
public class YamlBounds implements DocumentBounds {

  private static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  private final YAMLMapper mapper = new YAMLMapper();
  private final Path directory;
  private final long maxBytes;
  private final Map<Path, Known> known = new ConcurrentHashMap<>();

  YamlBounds(IngestConfig config) {
    this.directory = config.recipesDirectory();
    this.maxBytes = config.maxDocumentBytes();
  }

  /** What a file said the last time. */
  @SuppressWarnings("ArrayRecordComponent") // compared by content
  private record Known(byte[] bytes, ParseBounds bounds, String question, String answer) {}

  @Override
  public ParseBounds of(String dataset) {
    return recipe(dataset).bounds();
  }

  @Override
  public ParseHints completed(String dataset, ParseHints hints) {
    Known recipe = recipe(dataset);
    boolean named = !recipe.question().isEmpty() && !recipe.answer().isEmpty();
    return named ? hints.withColumns(recipe.question(), recipe.answer()) : hints;
  }

  private Known recipe(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    boolean inside = own.normalize().startsWith(directory.normalize());
    Path file = inside && Files.exists(own) ? own : directory.resolve("default.yaml");
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      Known last = known.get(file);
      if (last == null || !Arrays.equals(last.bytes(), bytes)) {
        JsonNode root = bytes.length == 0 ? MissingNode.getInstance() : mapper.readTree(bytes);
        last = known(bytes, root.path("documents"));
        known.put(file, last);
      }
      return last;
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new TransientFailure(
          RECIPE_INVALID, "recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
  }

  private Known known(byte[] bytes, JsonNode block) {
    String question = block.path("columns").path("question").asText("");
    String answer = block.path("columns").path("answer").asText("");
    if (question.isEmpty() != answer.isEmpty()) {
      throw new IllegalArgumentException("documents.columns needs question and answer, or neither");
    }
    // says now what it would say of each document
    ParseHints.none().withColumns(question, answer);
    return new Known(bytes, bounds(block), question, answer);
  }

  private ParseBounds bounds(JsonNode block) {
    ParseBounds defaults = ParseBounds.defaults();
    ParseLimits limits = defaults.limits();
    return new ParseBounds(
        new ParseLimits(
            Math.min(maxBytes, block.path("maxBytes").asLong(limits.maxBytes())),
            block.path("maxCharacters").asInt(limits.maxCharacters()),
            block.path("maxArchiveEntries").asInt(limits.maxArchiveEntries()),
            block.path("maxExpansion").asInt(limits.maxExpansion()),
            block.path("expansionFloorBytes").asLong(limits.expansionFloorBytes()),
            block.path("maxUnpackedBytes").asLong(limits.maxUnpackedBytes()),
            block.path("maxDepth").asInt(limits.maxDepth())),
        block.path("heapMegabytes").asInt(defaults.heapMegabytes()),
        Duration.parse(block.path("timeout").asText(defaults.timeout().toString())));
  }
}
