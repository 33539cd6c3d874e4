package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.SafetensorsReader.StoredTensor;
import dev.migaki.lm.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Adapters as files in the format of Hugging Face PEFT: {@code adapter_config.json} and {@code
 * adapter_model.safetensors}.
 *
 * <p>What would change the numbers and is not understood is refused, never ignored.
 */
public final class AdapterFiles {

  /** Names a directory as an adapter. */
  public static final String CONFIG_FILE = "adapter_config.json";

  /** The adapter's weights. */
  public static final String WEIGHTS_FILE = "adapter_model.safetensors";

  private static final ObjectMapper JSON = new ObjectMapper();

  private AdapterFiles() {}

  /**
   * Writes an adapter directory.
   *
   * @param baseModel name of the base model, for people and for PEFT
   * @throws IOException when writing fails
   */
  public static void save(LoraAdapter adapter, String baseModel, Path directory)
      throws IOException {
    LoraSettings settings = adapter.settings();
    ObjectNode json = JSON.createObjectNode();
    json.put("peft_type", "LORA")
        .put("task_type", "CAUSAL_LM")
        .put("base_model_name_or_path", baseModel);
    json.put("r", settings.rank())
        .put("lora_alpha", settings.alpha())
        .put("lora_dropout", settings.dropout());
    json.put("bias", "none")
        .put("use_rslora", false)
        .put("use_dora", false)
        .put("fan_in_fan_out", false);
    json.put("inference_mode", true).put("init_lora_weights", true);
    json.putObject("rank_pattern");
    json.putObject("alpha_pattern");
    ArrayNode targets = json.putArray("target_modules");
    LoraAdapter.MODULES.forEach(module -> targets.add(module.substring(module.indexOf('.') + 1)));
    if (adapter.savedModules().isEmpty()) {
      json.putNull("modules_to_save");
    } else {
      adapter.savedModules().forEach(json.putArray("modules_to_save")::add);
    }
    SafetensorsWriter writer = new SafetensorsWriter();
    ParameterBlock parameters = adapter.parameters();
    for (ParameterBlock.Slice slice : parameters.slices().values()) {
      writer.add(slice.name(), slice.shape(), parameters.get(slice.name()));
    }
    ParameterBlock.Slice embedding = parameters.slices().get(LoraAdapter.EMBEDDING);
    if (embedding != null && !parameters.slices().containsKey(LoraAdapter.HEAD)) {
      // PEFT restores tied modules one by one, so the head is written too
      writer.add(LoraAdapter.HEAD, embedding.shape(), parameters.get(LoraAdapter.EMBEDDING));
    }
    writer.write(directory.resolve(WEIGHTS_FILE), ElementType.F32);
    AtomicFiles.replaceText(directory.resolve(CONFIG_FILE), json.toPrettyString() + "\n");
  }

  /** Whether the directory holds an adapter, and not a whole model. */
  public static boolean isAdapter(Path directory) {
    return Files.exists(directory.resolve(CONFIG_FILE));
  }

  /**
   * Adds an adapter to a model's own weights: {@code W + s·B·A}, and puts whole saved modules in
   * their place.
   *
   * @param parameters the base model's parameters, changed in place
   * @throws InvalidModelException when the adapter is damaged, made for another base model, or uses
   *     a feature that is not supported
   */
  public static void mergeInPlace(Path directory, ModelConfig config, ParameterBlock parameters) {
    JsonNode json = readConfig(directory);
    Path file = directory.resolve(WEIGHTS_FILE);
    Map<String, StoredTensor> stored = SafetensorsReader.read(file);
    int rank = json.path("r").asInt();
    double alpha = json.path("lora_alpha").asDouble();
    double scale =
        json.path("use_rslora").asBoolean(false) ? alpha / Math.sqrt(rank) : alpha / rank;
    Set<String> unused = new HashSet<>(stored.keySet());
    for (int layer = 0; layer < config.layers(); layer++) {
      for (String module : LoraAdapter.MODULES) {
        String downName = LoraAdapter.name(layer, module, "A");
        String upName = LoraAdapter.name(layer, module, "B");
        StoredTensor down = stored.get(downName);
        StoredTensor up = stored.get(upName);
        if (down != null && up != null) {
          unused.remove(downName);
          unused.remove(upName);
          String target = "model.layers." + layer + "." + module + ".weight";
          addProductInPlace(parameters, target, down, up, scale, file);
        }
      }
    }
    replaceModules(stored, unused, config, parameters, file);
    if (!unused.isEmpty()) {
      throw new InvalidModelException(
          file
              + ": tensor '"
              + unused.iterator().next()
              + "' belongs to no module of this base model");
    }
  }

  static JsonNode readConfig(Path directory) {
    Path file = directory.resolve(CONFIG_FILE);
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidModelException(
          "Cannot read the adapter configuration " + file + ": " + e.getMessage(), e);
    }
    if (!json.path("peft_type").asText("").equals("LORA")) {
      throw new InvalidModelException(file + ": peft_type is not LORA");
    }
    if (json.path("use_dora").asBoolean(false)
        || !json.path("bias").asText("none").equals("none")) {
      throw new InvalidModelException(file + ": use_dora and bias are not supported");
    }
    if (!json.path("rank_pattern").isEmpty() || !json.path("alpha_pattern").isEmpty()) {
      throw new InvalidModelException(file + ": rank_pattern and alpha_pattern are not supported");
    }
    if (json.path("r").asInt() < 1) {
      throw new InvalidModelException(file + ": r is missing or not positive");
    }
    return json;
  }

  private static void replaceModules(
      Map<String, StoredTensor> stored,
      Set<String> unused,
      ModelConfig config,
      ParameterBlock parameters,
      Path file) {
    StoredTensor embedding = stored.get(LoraAdapter.EMBEDDING);
    if (embedding != null && unused.remove(LoraAdapter.EMBEDDING)) {
      replaceInPlace(parameters, "model.embed_tokens.weight", embedding.toFloats(), file);
    }
    StoredTensor head = stored.get(LoraAdapter.HEAD);
    if (head == null || !unused.remove(LoraAdapter.HEAD)) {
      return;
    }
    if (!config.tiedEmbeddings()) {
      replaceInPlace(parameters, "lm_head.weight", head.toFloats(), file);
    } else if (embedding == null || !embedding.data().equals(head.data())) {
      throw new InvalidModelException(
          file
              + ": the base model ties embedding and head, the adapter has different values for the"
              + " two");
    }
  }

  private static void replaceInPlace(
      ParameterBlock parameters, String name, float[] values, Path file) {
    if (values.length != parameters.get(name).length) {
      throw new InvalidModelException(
          file
              + ": "
              + name
              + " has another size than in the base model; was the adapter made for it?");
    }
    parameters.setInPlace(name, values);
  }

  private static void addProductInPlace(
      ParameterBlock parameters,
      String target,
      StoredTensor down,
      StoredTensor up,
      double scale,
      Path file) {
    float[] weight = parameters.get(target);
    float[] a = down.toFloats();
    float[] b = up.toFloats();
    boolean matrices = down.shape().length == 2 && up.shape().length == 2;
    int rank = matrices ? (int) down.shape()[0] : 0;
    int columns = matrices ? (int) down.shape()[1] : 0;
    int rows = matrices ? (int) up.shape()[0] : 0;
    if (!matrices || up.shape()[1] != rank || rows * columns != weight.length) {
      throw new InvalidModelException(
          file
              + ": the update of "
              + target
              + " does not fit the base model; was the adapter made for it?");
    }
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < rank; k++) {
        float factor = (float) (scale * b[row * rank + k]);
        for (int column = 0; column < columns; column++) {
          weight[row * columns + column] += factor * a[k * columns + column];
        }
      }
    }
    parameters.setInPlace(target, weight);
  }
}
