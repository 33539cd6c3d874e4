package dev.migaki.lm.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A LoRA adapter in training: its parameters under PEFT's names, and the tensors the forward pass
 * reads.
 *
 * <p>A starts uniform in {@code ±1/√in} (PEFT's Kaiming initialisation with {@code a = √5}), B at
 * zero, so that the first step starts from the base model exactly.
 */
public final class LoraAdapter implements AutoCloseable {

  /** The modules of a block, in the order of Hugging Face. */
  public static final List<String> MODULES =
      List.of(
          "self_attn.q_proj",
          "self_attn.k_proj",
          "self_attn.v_proj",
          "self_attn.o_proj",
          "mlp.gate_proj",
          "mlp.up_proj",
          "mlp.down_proj");

  static final String EMBEDDING = "base_model.model.model.embed_tokens.weight";
  static final String HEAD = "base_model.model.lm_head.weight";

  private static final List<List<String>> STACKS =
      List.of(
          List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
          List.of("self_attn.o_proj"),
          List.of("mlp.gate_proj", "mlp.up_proj"),
          List.of("mlp.down_proj"));

  private final ModelConfig config;
  private final LoraSettings settings;
  private final ParameterBlock parameters;
  private final List<List<Stack>> layers = new ArrayList<>();

  private record Stack(Tensor down, List<Tensor> up) {}

  private LoraAdapter(ModelConfig config, LoraSettings settings, ParameterBlock parameters) {
    this.config = config;
    this.settings = settings;
    this.parameters = parameters;
    for (int i = 0; i < config.layers(); i++) {
      int layer = i;
      List<Stack> stacks = new ArrayList<>();
      for (List<String> modules : STACKS) {
        Tensor down =
            parameters.leaf(
                modules.stream().map(module -> name(layer, module, "A")).toArray(String[]::new));
        stacks.add(
            new Stack(
                down,
                modules.stream()
                    .map(module -> parameters.leaf(name(layer, module, "B")))
                    .toList()));
      }
      layers.add(stacks);
    }
  }

  /**
   * A fresh adapter.
   *
   * @param base the base model's parameters; embedding and head are copied when they are trained
   *     along
   * @param seed of the random A matrices
   */
  public static LoraAdapter initialise(
      ModelConfig config, LoraSettings settings, ParameterBlock base, long seed, ScalarType type) {
    Map<String, long[]> shapes = new LinkedHashMap<>();
    if (settings.trainEmbeddings()) {
      long[] shape = {config.vocabularySize(), config.hiddenSize()};
      shapes.put(EMBEDDING, shape);
      if (!config.tiedEmbeddings()) {
        shapes.put(HEAD, shape);
      }
    }
    for (int i = 0; i < config.layers(); i++) {
      for (List<String> modules : STACKS) {
        for (String module : modules) {
          shapes.put(
              name(i, module, "A"), new long[] {settings.rank(), columns(config, i, module)});
        }
        for (String module : modules) {
          shapes.put(name(i, module, "B"), new long[] {rows(config, i, module), settings.rank()});
        }
      }
    }
    ParameterBlock block = new ParameterBlock(shapes, type);
    Random random = new Random(seed);
    for (ParameterBlock.Slice slice : block.slices().values()) {
      if (slice.name().endsWith("lora_A.weight")) {
        float[] values = new float[(int) slice.size()];
        double bound = 1 / Math.sqrt(slice.shape()[1]);
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) ((2 * random.nextDouble() - 1) * bound);
        }
        block.setInPlace(slice.name(), values);
      }
    }
    if (settings.trainEmbeddings()) {
      block.setInPlace(EMBEDDING, base.get("model.embed_tokens.weight"));
      if (!config.tiedEmbeddings()) {
        block.setInPlace(HEAD, base.get("lm_head.weight"));
      }
    }
    return new LoraAdapter(config, settings, block);
  }

  /** The same adapter with gradients of its own, see {@link ParameterBlock#replica()}. */
  public LoraAdapter replica() {
    return new LoraAdapter(config, settings, parameters.replica());
  }

  static String name(int layer, String module, String matrix) {
    return "base_model.model.model.layers." + layer + "." + module + ".lora_" + matrix + ".weight";
  }

  private static long[] baseShape(ModelConfig config, int layer, String module) {
    long[] shape =
        LlamaWeights.shapes(config).get("model.layers." + layer + "." + module + ".weight");
    if (shape == null) {
      throw new IllegalArgumentException("no module " + module);
    }
    return shape;
  }

  private static long rows(ModelConfig config, int layer, String module) {
    return baseShape(config, layer, module)[0];
  }

  private static long columns(ModelConfig config, int layer, String module) {
    return baseShape(config, layer, module)[1];
  }

  /** All trained values, under PEFT's names. */
  public ParameterBlock parameters() {
    return parameters;
  }

  ModelConfig config() {
    return config;
  }

  public LoraSettings settings() {
    return settings;
  }

  /** The trained embedding and head in place of the base's, or the base's weights unchanged. */
  public LlamaWeights over(LlamaWeights base) {
    if (!settings.trainEmbeddings()) {
      return base;
    }
    Tensor embedding = parameters.leaf(EMBEDDING);
    return base.withEmbedding(
        embedding, config.tiedEmbeddings() ? embedding : parameters.leaf(HEAD));
  }

  /**
   * The updates in {@code type}, on the autograd tape.
   *
   * @param random decides what dropout drops; none outside training
   */
  public LoraWeights weights(ScalarType type, Optional<GeneratorOptional> random) {
    List<LoraWeights.Layer> converted = new ArrayList<>();
    LoraWeights.Dropout dropout =
        random.isPresent() && settings.dropout() > 0
            ? new LoraWeights.Dropout(settings.dropout(), random.get())
            : null;
    for (List<Stack> stacks : layers) {
      List<LoraWeights.Update> updates = new ArrayList<>();
      for (Stack stack : stacks) {
        updates.add(
            new LoraWeights.Update(
                stack.down().to(type),
                stack.up().stream().map(up -> up.to(type)).toList(),
                settings.scale(),
                dropout));
      }
      converted.add(
          new LoraWeights.Layer(updates.get(0), updates.get(1), updates.get(2), updates.get(3)));
    }
    return new LoraWeights(converted);
  }

  /** The modules that PEFT stores whole. */
  List<String> savedModules() {
    return settings.trainEmbeddings() ? Arrays.asList("embed_tokens", "lm_head") : List.of();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
