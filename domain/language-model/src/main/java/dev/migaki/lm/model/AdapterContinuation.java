package dev.migaki.lm.model;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.StoredTensor;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A saved adapter whose training goes on: its shape and its values.
 *
 * <p>Only an adapter of this trainer's shape can go on: the same rank and scale on every linear
 * layer. Anything else is refused by name, because a module that silently started anew would have
 * forgotten what it knew.
 */
public final class AdapterContinuation {

  private static final String PREFIX = "base_model.model.";

  private final Path directory;
  private final PeftConfig config;
  private final LoraSettings settings;

  private AdapterContinuation(Path directory, PeftConfig config, LoraSettings settings) {
    this.directory = directory;
    this.config = config;
    this.settings = settings;
  }

  /**
   * Reads the adapter's shape.
   *
   * @param dropout of the training to come
   * @throws InvalidModelException when the directory holds no adapter that can go on
   */
  public static AdapterContinuation open(Path directory, double dropout) {
    PeftConfig config = PeftConfig.read(directory);
    return new AdapterContinuation(directory, config, config.uniform(dropout));
  }

  /** The adapter's shape. */
  public LoraSettings settings() {
    return settings;
  }

  /**
   * Puts the saved values into a fresh adapter of the same shape.
   *
   * @throws InvalidModelException when the adapter was made for another base model, or has a shape
   *     that this trainer does not make (linear layers left out, norms stored whole)
   */
  public void restoreInPlace(LoraAdapter adapter) {
    PeftAdapter stored = PeftAdapter.read(directory, adapter.config(), config);
    ParameterBlock parameters = adapter.parameters();
    Set<String> missing = new TreeSet<>(parameters.slices().keySet());
    for (Map.Entry<String, PeftAdapter.Update> entry : stored.updates().entrySet()) {
      String parameter = entry.getKey();
      String module = PREFIX + parameter.substring(0, parameter.lastIndexOf('.'));
      parameters.setInPlace(module + ".lora_A.weight", entry.getValue().down());
      parameters.setInPlace(module + ".lora_B.weight", entry.getValue().up());
      missing.remove(module + ".lora_A.weight");
      missing.remove(module + ".lora_B.weight");
    }
    for (Map.Entry<String, StoredTensor> whole : stored.replacements().entrySet()) {
      String name = PREFIX + whole.getKey();
      if (!missing.remove(name)) {
        throw new InvalidModelException(
            config.file() + ": training cannot go on with " + whole.getKey() + " stored whole");
      }
      parameters.setInPlace(name, whole.getValue());
    }
    if (!missing.isEmpty()) {
      throw new InvalidModelException(
          config.file()
              + ": training cannot go on from an adapter without "
              + missing.iterator().next()
              + "; merge it into the base model first");
    }
  }
}
