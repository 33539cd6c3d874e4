package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.JsonFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * {@code adapter_config.json} of Hugging Face PEFT. What would change the numbers and is not
 * honoured is refused by name. Semantics after {@code peft/tuners/lora} and {@code
 * peft/utils/other.py}.
 */
final class PeftConfig {

  private static final Set<String> HONOURED =
      Set.of(
          "peft_type",
          "r",
          "lora_alpha",
          "use_rslora",
          "rank_pattern",
          "alpha_pattern",
          "target_modules",
          "exclude_modules",
          "layers_to_transform",
          "layers_pattern",
          "modules_to_save",
          "ensure_weight_tying",
          "bias",
          "init_lora_weights");

  /** For training, people or other tools only. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "task_type",
          "base_model_name_or_path",
          "revision",
          "auto_mapping",
          "inference_mode",
          "lora_dropout",
          "megatron_core",
          "peft_version",
          "qalora_group_size",
          "runtime_config");

  private final JsonNode json;
  private final Path file;

  private PeftConfig(JsonNode json, Path file) {
    this.json = json;
    this.file = file;
  }

  static PeftConfig read(Path directory) {
    Path file = directory.resolve(AdapterFiles.CONFIG_FILE);
    PeftConfig config = new PeftConfig(JsonFiles.object(file), file);
    config.refuseUnsupported();
    return config;
  }

  private void refuseUnsupported() {
    if (!json.path("peft_type").asText("").equals("LORA")) {
      throw new InvalidModelException(file + ": peft_type is not LORA");
    }
    if (!json.path("bias").asText("none").equals("none")) {
      throw new InvalidModelException(
          file + ": bias '" + json.path("bias").asText() + "' is not supported; supported: none");
    }
    if (json.path("r").asInt() < 1) {
      throw new InvalidModelException(file + ": r is missing or not positive");
    }
    JsonNode init = json.path("init_lora_weights");
    // these two draw A and B only
    if (init.isTextual() && !Set.of("gaussian", "orthogonal").contains(init.asText())) {
      throw new InvalidModelException(
          file
              + ": init_lora_weights '"
              + init.asText()
              + "' changes the base model's weights and is not supported; convert the adapter with PEFT's path_initial_model_for_weight_conversion");
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      boolean known = HONOURED.contains(field.getKey()) || WITHOUT_EFFECT.contains(field.getKey());
      if (!known && !isOff(field.getValue())) {
        throw new InvalidModelException(
            file
                + ": field '"
                + field.getKey()
                + "' is not supported and may change the numbers, so the adapter is not loaded; train it without, or merge it with PEFT");
      }
    }
  }

  private static boolean isOff(JsonNode value) {
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isContainerNode() && value.isEmpty());
  }

  /** Rank of a module's update. */
  int rank(String module) {
    return (int) byPattern("rank_pattern", module, json.path("r").asDouble());
  }

  /** What a module's update is multiplied with. */
  double scale(String module) {
    double alpha = byPattern("alpha_pattern", module, json.path("lora_alpha").asDouble(8));
    int rank = rank(module);
    return alpha / (json.path("use_rslora").asBoolean(false) ? Math.sqrt(rank) : rank);
  }

  private double byPattern(String field, String module, double fallback) {
    for (Map.Entry<String, JsonNode> entry : json.path(field).properties()) {
      if (matches("(.*\\.)?(" + entry.getKey() + ")", module, field)) {
        return entry.getValue().asDouble();
      }
    }
    return fallback;
  }

  private boolean matches(String pattern, String module, String field) {
    try {
      return Pattern.matches(pattern, module);
    } catch (PatternSyntaxException e) {
      throw new InvalidModelException(
          file + ": " + field + " is not a regular expression that can be read", e);
    }
  }

  /**
   * Whether PEFT puts an update on this linear module.
   *
   * @param module such as {@code model.layers.0.self_attn.q_proj}
   * @param layer its block
   */
  boolean targets(String module, int layer) {
    return named("target_modules", module, true)
        && !named("exclude_modules", module, false)
        && inChosenLayers(layer);
  }

  private boolean named(String field, String module, boolean whenAbsent) {
    JsonNode names = json.path(field);
    if (names.isTextual()) {
      return names.asText().equals("all-linear") || matches(names.asText(), module, field);
    }
    if (!names.isArray()) {
      return whenAbsent;
    }
    for (JsonNode name : names) {
      if (module.equals(name.asText()) || module.endsWith("." + name.asText())) {
        return true;
      }
    }
    return false;
  }

  private boolean inChosenLayers(int layer) {
    JsonNode chosen = json.path("layers_to_transform");
    if (chosen.isIntegralNumber()) {
      return chosen.asInt() == layer;
    }
    if (!chosen.isArray() || chosen.isEmpty()) {
      return true;
    }
    for (JsonNode index : chosen) {
      if (index.asInt() == layer) {
        return true;
      }
    }
    return false;
  }

  /** Whether a parameter belongs to a module that PEFT stores whole. */
  boolean saves(String parameter) {
    String module = parameter.substring(0, parameter.lastIndexOf('.'));
    return savedModules().stream()
        .anyMatch(
            // PEFT compares the end of the name, so that "norm" means every norm
            saved -> module.endsWith(saved) || module.contains("." + saved + "."));
  }

  private List<String> savedModules() {
    List<String> names = new ArrayList<>();
    json.path("modules_to_save").forEach(name -> names.add(name.asText()));
    return names;
  }

  /** Whether an embedding that is stored whole replaces a tied head too. */
  boolean tiesSavedEmbedding() {
    return json.path("ensure_weight_tying").asBoolean(false);
  }

  /**
   * The one shape of all updates, in this trainer's terms: rank-stabilised scaling is a larger
   * alpha.
   *
   * @param dropout of the training to come
   * @throws InvalidModelException when updates differ in rank or scale
   */
  LoraSettings uniform(double dropout) {
    if (!json.path("rank_pattern").isEmpty() || !json.path("alpha_pattern").isEmpty()) {
      throw new InvalidModelException(
          file
              + ": training cannot go on from an adapter with rank_pattern or alpha_pattern; merge it into the base model first");
    }
    int rank = json.path("r").asInt();
    double alpha = json.path("lora_alpha").asDouble(8);
    if (!(alpha > 0)) {
      throw new InvalidModelException(file + ": lora_alpha is not positive");
    }
    double plainAlpha =
        json.path("use_rslora").asBoolean(false) ? alpha * Math.sqrt((double) rank) : alpha;
    return new LoraSettings(rank, plainAlpha, dropout, saves("model.embed_tokens.weight"));
  }

  Path file() {
    return file;
  }
}
