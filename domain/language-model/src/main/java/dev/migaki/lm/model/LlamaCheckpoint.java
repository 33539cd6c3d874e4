package dev.migaki.lm.model;

import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsWriter;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.checkpoint.WeightFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A model's parameters as files of the Hugging Face layout, or freshly initialised. */
public final class LlamaCheckpoint {

  /** Weights of a model directory, when they are in one file. */
  public static final String WEIGHTS_FILE = WeightFiles.SINGLE;

  /** Architecture of a model directory. */
  public static final String CONFIG_FILE = "config.json";

  /** Tokenizer of a model directory. */
  public static final String TOKENIZER_FILE = "tokenizer.json";

  private LlamaCheckpoint() {}

  /**
   * Loads the weights, from one file or from shards. Values go from the file into the block piece
   * by piece, widened on the way: the peak is the block itself.
   *
   * @throws dev.migaki.lm.InvalidModelException when a tensor is missing or its shape is not what
   *     {@code config} says
   */
  public static ParameterBlock load(Path directory, ModelConfig config, ScalarType type) {
    Map<String, StoredTensor> stored = StoredWeights.read(directory, config);
    ParameterBlock block = new ParameterBlock(ParameterShapes.of(config), type);
    stored.forEach(block::setInPlace);
    return block;
  }

  /**
   * Random weights: normal with deviation 0.02, matrices that write to the residual stream scaled
   * down by {@code √(2L)} (GPT-2), norms one, biases zero.
   */
  public static ParameterBlock initialise(ModelConfig config, long seed, ScalarType type) {
    ParameterBlock block = new ParameterBlock(ParameterShapes.of(config), type);
    Random random = new Random(seed);
    for (ParameterBlock.Slice slice : block.slices().values()) {
      float[] values = new float[(int) slice.size()];
      if (slice.shape().length == 1) {
        Arrays.fill(values, slice.name().endsWith(".bias") ? 0f : 1f);
      } else {
        boolean writesResidual =
            slice.name().endsWith("o_proj.weight") || slice.name().endsWith("down_proj.weight");
        double deviation = writesResidual ? 0.02 / Math.sqrt(2.0 * config.layers()) : 0.02;
        for (int i = 0; i < values.length; i++) {
          values[i] = (float) (random.nextGaussian() * deviation);
        }
      }
      block.setInPlace(slice.name(), values);
    }
    return block;
  }

  /**
   * Writes {@code model.safetensors} and {@code config.json}, each atomically.
   *
   * @throws IOException when writing fails; the old files are then unchanged
   */
  public static void save(
      ParameterBlock block, ModelConfig config, Path directory, ElementType type)
      throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    for (ParameterBlock.Slice slice : block.slices().values()) {
      writer.add(
          slice.name(),
          slice.shape(),
          (offset, target) -> block.copyOut(slice.name(), offset, target));
    }
    AtomicFiles.replaceText(directory.resolve(CONFIG_FILE), config.toJson(type));
    writer.write(directory.resolve(WEIGHTS_FILE), type);
  }
}
