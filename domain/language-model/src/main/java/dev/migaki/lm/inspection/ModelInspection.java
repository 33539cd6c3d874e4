package dev.migaki.lm.inspection;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.StoredWeights;
import dev.migaki.lm.tokenizer.TokenizerFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A model directory read without loading it: everything that decides whether it would load, and
 * what it needs.
 *
 * @param directory the directory
 * @param config its architecture
 * @param weightFiles the files that hold its weights
 * @param weightBytes their size together
 * @param storedValues values per element type
 * @param tokenizer what its tokenizer files say
 * @param adapter the adapter's shape that the estimate is for
 * @param memory what it needs
 */
public record ModelInspection(
    Path directory,
    ModelConfig config,
    List<Path> weightFiles,
    long weightBytes,
    Map<ElementType, Long> storedValues,
    TokenizerFiles tokenizer,
    LoraSettings adapter,
    MemoryEstimate memory) {

  /** The field's defaults: rank 16, alpha 32. */
  private static final LoraSettings ADAPTER = new LoraSettings(16, 32, 0, false);

  public ModelInspection {
    weightFiles = List.copyOf(weightFiles);
    storedValues = Map.copyOf(storedValues);
  }

  /**
   * Reads configuration, weight headers and tokenizer files.
   *
   * @throws InvalidModelException when the model would not load; the message says why
   */
  public static ModelInspection read(Path directory) {
    ModelConfig config = ModelConfig.read(directory.resolve("config.json"));
    Map<ElementType, Long> values = new TreeMap<>();
    for (StoredTensor tensor : StoredWeights.read(directory, config).values()) {
      values.merge(tensor.type(), tensor.elements(), Long::sum);
    }
    TokenizerFiles tokenizer = TokenizerFiles.read(directory);
    tokenizer.requireFits(config.vocabularySize());
    List<Path> files = WeightFiles.of(directory);
    return new ModelInspection(
        directory,
        config,
        files,
        files.stream().mapToLong(ModelInspection::size).sum(),
        values,
        tokenizer,
        ADAPTER,
        MemoryEstimate.of(config, ADAPTER));
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
