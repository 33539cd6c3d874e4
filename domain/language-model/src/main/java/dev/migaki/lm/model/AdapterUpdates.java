package dev.migaki.lm.model;

import dev.migaki.lm.checkpoint.StoredTensor;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An adapter's low-rank updates as they stand in its files, for serving them beside the base's
 * weights instead of inside them.
 *
 * @param updates by block and module, such as {@code 3.mlp.down_proj}
 * @param rank the largest rank among them
 */
public record AdapterUpdates(Map<String, Update> updates, int rank) {

  private static final String LAYERS = "model.layers.";
  private static final String WEIGHT = ".weight";

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
   * @throws dev.migaki.lm.InvalidModelException when the adapter is damaged, made for another base
   *     model, or uses a feature that is not supported
   */
  public static Optional<AdapterUpdates> read(Path directory, ModelConfig config) {
    PeftAdapter adapter = PeftAdapter.read(directory, config);
    if (!adapter.replacements().isEmpty()) {
      return Optional.empty();
    }
    Map<String, Update> updates = new HashMap<>();
    int largest = 0;
    for (Map.Entry<String, PeftAdapter.Update> entry : adapter.updates().entrySet()) {
      String name = entry.getKey();
      PeftAdapter.Update stored = entry.getValue();
      updates.put(
          name.substring(LAYERS.length(), name.length() - WEIGHT.length()),
          new Update(finite(stored.down()), finite(stored.up()), stored.rank(), stored.scale()));
      largest = Math.max(largest, stored.rank());
    }
    return Optional.of(new AdapterUpdates(updates, largest));
  }

  private static float[] finite(StoredTensor stored) {
    float[] values = stored.toFloats();
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw StoredTensors.notFinite(stored);
      }
    }
    return values;
  }
}
