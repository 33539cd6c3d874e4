package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.SafetensorsReader.StoredTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An adapter's low-rank updates as they stand in its files, for serving them beside the base's
 * weights instead of inside them.
 *
 * @param updates by block and module, such as {@code 3.mlp.down_proj}
 * @param rank the largest rank among them
 */
public record AdapterUpdates(Map<String, Update> updates, int rank) {

  /**
   * The update of one module, {@code scale·B·A}.
   *
   * @param down {@code A}, {@code [R, in]} row by row
   * @param up {@code B}, {@code [out, R]} row by row
   * @param rank {@code R}
   * @param scale alpha / R, or alpha / √R with rank-stabilised scaling
   */
  public record Update(float[] down, float[] up, int rank, double scale) {}

  public AdapterUpdates {
    updates = Map.copyOf(updates);
  }

  /** The update of a module, such as {@code mlp.down_proj}, when the adapter has one. */
  public Optional<Update> of(int layer, String module) {
    return Optional.ofNullable(updates.get(layer + "." + module));
  }

  /**
   * Reads an adapter.
   *
   * @return empty when the adapter replaces whole modules (PEFT's {@code modules_to_save}): such an
   *     adapter is a model of its own and must be merged
   * @throws InvalidModelException when the adapter is damaged, made for another base model, or uses
   *     a feature that is not supported
   */
  public static Optional<AdapterUpdates> read(Path directory, ModelConfig config) {
    JsonNode json = AdapterFiles.readConfig(directory);
    Path file = directory.resolve(AdapterFiles.WEIGHTS_FILE);
    Map<String, StoredTensor> stored = SafetensorsReader.read(file);
    if (stored.containsKey(LoraAdapter.EMBEDDING) || stored.containsKey(LoraAdapter.HEAD)) {
      return Optional.empty();
    }
    Map<String, Update> updates = new HashMap<>();
    Set<String> unused = new HashSet<>(stored.keySet());
    int largest = 0;
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String module : LoraAdapter.MODULES) {
        StoredTensor down = stored.get(LoraAdapter.name(layer, module, "A"));
        StoredTensor up = stored.get(LoraAdapter.name(layer, module, "B"));
        if (down != null && up != null) {
          unused.remove(LoraAdapter.name(layer, module, "A"));
          unused.remove(LoraAdapter.name(layer, module, "B"));
          Update update = checked(json, down, up, shape(config, layer, module), file, module);
          updates.put(layer + "." + module, update);
          largest = Math.max(largest, update.rank());
        }
      }
    }
    if (!unused.isEmpty() || updates.isEmpty()) {
      throw new InvalidModelException(
          file
              + (unused.isEmpty()
                  ? " holds no update of this base model"
                  : ": tensor '"
                      + unused.iterator().next()
                      + "' belongs to no module of this base model")
              + "; was the adapter made for it?");
    }
    return Optional.of(new AdapterUpdates(updates, largest));
  }

  private static long[] shape(ModelConfig config, int layer, String module) {
    long[] shape =
        LlamaWeights.shapes(config).get("model.layers." + layer + "." + module + ".weight");
    if (shape == null) {
      throw new IllegalArgumentException("no module " + module);
    }
    return shape;
  }

  private static Update checked(
      JsonNode json, StoredTensor down, StoredTensor up, long[] base, Path file, String module) {
    boolean fits =
        down.shape().length == 2
            && up.shape().length == 2
            && down.shape()[0] == up.shape()[1]
            && down.shape()[1] == base[1]
            && up.shape()[0] == base[0];
    if (!fits) {
      throw new InvalidModelException(
          file
              + ": the update of "
              + module
              + " does not fit the base model; was the adapter made for it?");
    }
    int rank = (int) down.shape()[0];
    double alpha = json.path("lora_alpha").asDouble();
    boolean stabilised = json.path("use_rslora").asBoolean(false);
    return new Update(
        down.toFloats(), up.toFloats(), rank, alpha / (stabilised ? Math.sqrt(rank) : rank));
  }
}
