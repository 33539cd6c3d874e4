package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Which fields of {@code config.json} may be there. */
final class ConfigFields {

  private static final Set<String> HONOURED =
      Set.of(
          "model_type",
          "architectures",
          "vocab_size",
          "hidden_size",
          "intermediate_size",
          "num_hidden_layers",
          "num_attention_heads",
          "num_key_value_heads",
          "head_dim",
          "hidden_act",
          "rms_norm_eps",
          "rope_theta",
          "rope_scaling",
          "rope_parameters",
          "max_position_embeddings",
          "tie_word_embeddings",
          "bos_token_id",
          "eos_token_id",
          "pad_token_id");

  /** Seen in published checkpoints, without effect on logits, loss or gradients. */
  private static final Set<String> WITHOUT_EFFECT =
      Set.of(
          "torch_dtype",
          "dtype",
          "transformers_version",
          "transformers.js_config",
          "use_cache",
          "initializer_range",
          "pretraining_tp",
          "is_llama_config",
          "max_window_layers",
          "attn_implementation",
          "unsloth_fixed",
          "unsloth_version",
          "return_dict",
          "output_attentions",
          "output_hidden_states",
          "id2label",
          "label2id",
          "problem_type",
          "chunk_size_feed_forward",
          "tokenizer_class",
          "task_specific_params",
          "finetuning_task",
          "prefix",
          "architectures_version",
          "max_length",
          "min_length",
          "do_sample",
          "temperature",
          "top_k",
          "top_p",
          "repetition_penalty",
          "length_penalty",
          "num_beams",
          "num_return_sequences",
          "early_stopping",
          "diversity_penalty",
          "typical_p",
          "encoder_no_repeat_ngram_size",
          "num_beam_groups");

  /** Only these values mean that nothing is changed. */
  private static final Map<String, String> NEUTRAL =
      Map.of("partial_rotary_factor", "1.0", "attention_dropout", "0.0", "logit_scale", "1.0");

  private static final String QUANTISED = "quantization_config";

  private static final Set<String> LLAMA = Set.of("attention_bias", "mlp_bias");
  private static final Set<String> MISTRAL = Set.of("sliding_window");
  private static final Set<String> QWEN2 =
      Set.of("sliding_window", "use_sliding_window", "layer_types");
  private static final Set<String> QWEN3 =
      Set.of("sliding_window", "use_sliding_window", "layer_types", "attention_bias");
  private static final Set<String> SMOLLM3 =
      Set.of(
          "sliding_window",
          "use_sliding_window",
          "layer_types",
          "attention_bias",
          "mlp_bias",
          "no_rope_layers",
          "no_rope_layer_interval");

  private ConfigFields() {}

  static void refuseUnknown(JsonNode json, ModelFamily family, Path file) {
    Set<String> own =
        switch (family) {
          case LLAMA -> LLAMA;
          case MISTRAL -> MISTRAL;
          case QWEN2 -> QWEN2;
          case QWEN3 -> QWEN3;
          case SMOLLM3 -> SMOLLM3;
        };
    if (!isOff(QUANTISED, json.path(QUANTISED)) && !json.path(QUANTISED).isMissingNode()) {
      throw new InvalidModelException(
          file
              + ": has a "
              + QUANTISED
              + "; quantised weights are not read, take the model in F32, F16 or BF16");
    }
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      String name = field.getKey();
      boolean known =
          HONOURED.contains(name)
              || WITHOUT_EFFECT.contains(name)
              || own.contains(name)
              || name.startsWith("_");
      if (!known && !isOff(name, field.getValue())) {
        throw new InvalidModelException(
            file
                + ": field '"
                + name
                + "' is not known for model_type '"
                + family.modelType()
                + "' and may change the numbers, so the model is not loaded; remove the field if it has no effect");
      }
    }
  }

  private static boolean isOff(String name, JsonNode value) {
    if (NEUTRAL.containsKey(name)) {
      return value.isNull()
          || (value.isNumber() && value.doubleValue() == Double.parseDouble(NEUTRAL.get(name)));
    }
    return value.isNull()
        || (value.isBoolean() && !value.booleanValue())
        || (value.isNumber() && value.doubleValue() == 0)
        || (value.isContainerNode() && value.isEmpty());
  }
}
