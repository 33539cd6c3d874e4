package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;

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
    PeftAdapter adapter = PeftAdapter.read(directory, config);
    adapter.replacements().forEach(parameters::setInPlace);
    for (Map.Entry<String, PeftAdapter.Update> entry : adapter.updates().entrySet()) {
      PeftAdapter.Update update = entry.getValue();
      parameters.addProductInPlace(entry.getKey(), update.up(), update.down(), update.scale());
    }
  }

  /**
   * Loads an adapter to train it further.
   *
   * @param base the base model's parameters
   * @param dropout of the training to come
   * @throws InvalidModelException when the adapter cannot be loaded or cannot go on, see {@link
   *     AdapterContinuation}
   */
  public static LoraAdapter load(
      Path directory, ModelConfig config, ParameterBlock base, double dropout, ScalarType type) {
    AdapterContinuation stored = AdapterContinuation.open(directory, dropout);
    LoraAdapter adapter = LoraAdapter.initialise(config, stored.settings(), base, 0, type);
    try {
      stored.restoreInPlace(adapter);
      return adapter;
    } catch (InvalidModelException e) {
      adapter.close();
      throw e;
    }
  }
}
