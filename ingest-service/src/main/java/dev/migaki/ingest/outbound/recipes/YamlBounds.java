package dev.migaki.ingest.outbound.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
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

  YamlBounds(IngestConfig config) {
    this.directory = config.recipesDirectory();
    this.maxBytes = config.maxDocumentBytes();
  }

  @Override
  public ParseBounds of(String dataset) {
    Path own = directory.resolve(dataset + ".yaml");
    boolean inside = own.normalize().startsWith(directory.normalize());
    Path file = inside && Files.exists(own) ? own : directory.resolve("default.yaml");
    try {
      byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
      JsonNode root = bytes.length == 0 ? MissingNode.getInstance() : mapper.readTree(bytes);
      return bounds(root.path("documents"));
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new TransientFailure(
          RECIPE_INVALID, "recipe " + file.getFileName() + ": " + e.getMessage(), e);
    }
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
            block.path("maxDepth").asInt(limits.maxDepth())),
        block.path("heapMegabytes").asInt(defaults.heapMegabytes()),
        Duration.parse(block.path("timeout").asText(defaults.timeout().toString())));
  }
}
