package dev.migaki.lm.model;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.StoredTensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A PEFT LoRA adapter as it stands in its files, matched with a base model: what {@code peft} would
 * compute with it, neither more nor less.
 *
 * @param updates low-rank updates by the name of the base's parameter, such as {@code
 *     model.layers.0.mlp.up_proj.weight}
 * @param replacements whole parameters that take the base's place ({@code modules_to_save})
 */
public record PeftAdapter(Map<String, Update> updates, Map<String, StoredTensor> replacements) {

  private static final String PREFIX = "base_model.model.";

  /**
   * The update {@code scale·B·A} of one parameter.
   *
   * @param down {@code A}, {@code [R, in]}
   * @param up {@code B}, {@code [out, R]}
   * @param scale alpha / R, or alpha / √R with rank-stabilised scaling (arXiv:2312.03732)
   */
  public record Update(StoredTensor down, StoredTensor up, double scale) {

    /** {@code R}. */
    public int rank() {
      return (int) down.shape()[0];
    }
  }

  public PeftAdapter {
    updates = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(updates));
    replacements = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(replacements));
  }

  /**
   * Maps an adapter's tensors.
   *
   * @throws InvalidModelException when the adapter is damaged, made for another base model, or uses
   *     a feature that is not supported; the message names it
   */
  public static PeftAdapter read(Path directory, ModelConfig config) {
    return read(directory, config, PeftConfig.read(directory));
  }

  static PeftAdapter read(Path directory, ModelConfig config, PeftConfig settings) {
    Path file = directory.resolve(AdapterFiles.WEIGHTS_FILE);
    if (!Files.exists(file)) {
      throw new InvalidModelException(
          directory
              + " holds no "
              + AdapterFiles.WEIGHTS_FILE
              + (Files.exists(directory.resolve("adapter_model.bin"))
                  ? "; pickled weights (adapter_model.bin) are not read because they can run code, save the adapter with PEFT's safe_serialization"
                  : "; copy it there"));
    }
    Map<String, StoredTensor> unused = new TreeMap<>(SafetensorsReader.read(file));
    Map<String, long[]> shapes = ParameterShapes.of(config);
    Map<String, Update> updates = new LinkedHashMap<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String name : LoraAdapter.MODULES) {
        String module = "model.layers." + layer + "." + name;
        StoredTensor down = unused.remove(PREFIX + module + ".lora_A.weight");
        StoredTensor up = unused.remove(PREFIX + module + ".lora_B.weight");
        if (requirePair(down, up, settings.targets(module, layer), module, file)
            && down != null
            && up != null) {
          long[] shape = shapes.getOrDefault(module + ".weight", new long[0]);
          requireFit(down, up, settings.rank(module), shape, module, file);
          updates.put(module + ".weight", new Update(down, up, settings.scale(module)));
        }
      }
    }
    Map<String, StoredTensor> replacements = replacements(unused, shapes, settings, file);
    if (config.tiedEmbeddings()) {
      untie(replacements, unused, settings, file);
    }
    for (String name : unused.keySet()) {
      if (name.startsWith(PREFIX + "lm_head.lora_")
          || name.startsWith(PREFIX + "model.embed_tokens.lora_")) {
        throw new InvalidModelException(
            file
                + ": '"
                + name
                + "', LoRA on embedding or head, is not supported; merge it with PEFT");
      }
    }
    if (!unused.isEmpty()) {
      throw new InvalidModelException(
          file
              + ": tensor '"
              + unused.keySet().iterator().next()
              + "' belongs to no module of this base model; was the adapter made for it?");
    }
    if (updates.isEmpty() && replacements.isEmpty()) {
      throw new InvalidModelException(file + " holds no update of this base model");
    }
    return new PeftAdapter(updates, replacements);
  }

  private static boolean requirePair(
      @Nullable StoredTensor down,
      @Nullable StoredTensor up,
      boolean targeted,
      String module,
      Path file) {
    if (down == null && up == null && !targeted) {
      return false;
    }
    if (down == null || up == null) {
      throw new InvalidModelException(
          file
              + ": the update of "
              + module
              + " is missing or half there, adapter_config.json asks for it; was the adapter made for this base model?");
    }
    if (!targeted) {
      throw new InvalidModelException(
          file
              + ": holds an update of "
              + module
              + ", which target_modules of adapter_config.json leaves out; PEFT would ignore it");
    }
    return true;
  }

  private static void requireFit(
      StoredTensor down, StoredTensor up, int rank, long[] base, String module, Path file) {
    boolean fits =
        base.length == 2
            && Arrays.equals(down.shape(), new long[] {rank, base[1]})
            && Arrays.equals(up.shape(), new long[] {base[0], rank});
    if (!fits) {
      throw new InvalidModelException(
          file
              + ": the update of "
              + module
              + " does not fit the base model (rank "
              + rank
              + ", base "
              + Arrays.toString(base)
              + ", A "
              + Arrays.toString(down.shape())
              + ", B "
              + Arrays.toString(up.shape())
              + "); was the adapter made for it?");
    }
  }

  private static Map<String, StoredTensor> replacements(
      Map<String, StoredTensor> unused,
      Map<String, long[]> shapes,
      PeftConfig settings,
      Path file) {
    Map<String, StoredTensor> replacements = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> parameter : shapes.entrySet()) {
      String name = parameter.getKey();
      if (!settings.saves(name)) {
        continue;
      }
      StoredTensor whole = unused.get(PREFIX + name);
      if (whole == null) {
        throw new InvalidModelException(
            file
                + ": "
                + name
                + " is missing, modules_to_save of adapter_config.json asks for it; was the adapter made for this base model?");
      }
      if (!Arrays.equals(whole.shape(), parameter.getValue())) {
        throw new InvalidModelException(
            file
                + ": "
                + name
                + " has shape "
                + Arrays.toString(whole.shape())
                + ", the base model "
                + Arrays.toString(parameter.getValue())
                + "; was the adapter made for it?");
      }
      unused.remove(PREFIX + name);
      replacements.put(name, whole);
    }
    return replacements;
  }

  /** PEFT stores tied modules one by one; they can stay tied only when their values are equal. */
  private static void untie(
      Map<String, StoredTensor> replacements,
      Map<String, StoredTensor> unused,
      PeftConfig settings,
      Path file) {
    StoredTensor embedding = replacements.get("model.embed_tokens.weight");
    StoredTensor head =
        settings.saves("lm_head.weight") ? unused.remove(PREFIX + "lm_head.weight") : null;
    boolean tied =
        head == null
            ? embedding == null || settings.tiesSavedEmbedding()
            : embedding != null && Arrays.equals(embedding.toFloats(), head.toFloats());
    if (!tied) {
      throw new InvalidModelException(
          file
              + ": the base model ties embedding and head, modules_to_save has different values for the two; merge it with PEFT");
    }
  }
}
