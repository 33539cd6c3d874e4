package dev.migaki.lm.model;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.SafetensorsReader.StoredTensor;
import dev.migaki.lm.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** A model's parameters as files of the Hugging Face layout, or freshly initialised. */
public final class LlamaCheckpoint {

  /** Weights of a model directory. */
  public static final String WEIGHTS_FILE = "model.safetensors";

  /** Architecture of a model directory. */
  public static final String CONFIG_FILE = "config.json";

  /** Tokenizer of a model directory. */
  public static final String TOKENIZER_FILE = "tokenizer.json";

  private LlamaCheckpoint() {}

  /**
   * Loads {@code model.safetensors}.
   *
   * @throws InvalidModelException when a tensor is missing or its shape is not what {@code config}
   *     says
   */
  public static ParameterBlock load(Path directory, ModelConfig config, ScalarType type) {
    Path file = directory.resolve(WEIGHTS_FILE);
    Map<String, StoredTensor> stored = SafetensorsReader.read(file);
    Map<String, long[]> shapes = LlamaWeights.shapes(config);
    ParameterBlock block = new ParameterBlock(shapes, type);
    try {
      for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
        block.setInPlace(
            entry.getKey(), checked(stored.get(entry.getKey()), entry, file).toFloats());
      }
    } catch (InvalidModelException e) {
      block.close();
      throw e;
    }
    return block;
  }

  private static StoredTensor checked(
      @Nullable StoredTensor tensor, Map.Entry<String, long[]> expected, Path file) {
    if (tensor == null) {
      throw new InvalidModelException(file + ": tensor '" + expected.getKey() + "' is missing");
    }
    if (!Arrays.equals(tensor.shape(), expected.getValue())) {
      throw new InvalidModelException(
          file
              + ": tensor '"
              + expected.getKey()
              + "' has shape "
              + Arrays.toString(tensor.shape())
              + ", config.json asks for "
              + Arrays.toString(expected.getValue()));
    }
    return tensor;
  }

  /**
   * Random weights: normal with deviation 0.02, matrices that write to the residual stream scaled
   * down by {@code √(2L)} (GPT-2), norms one.
   */
  public static ParameterBlock initialise(ModelConfig config, long seed, ScalarType type) {
    ParameterBlock block = new ParameterBlock(LlamaWeights.shapes(config), type);
    Random random = new Random(seed);
    for (ParameterBlock.Slice slice : block.slices().values()) {
      float[] values = new float[(int) slice.size()];
      if (slice.shape().length == 1) {
        Arrays.fill(values, 1f);
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
      writer.add(slice.name(), slice.shape(), block.get(slice.name()));
    }
    AtomicFiles.replaceText(directory.resolve(CONFIG_FILE), config.toJson());
    writer.write(directory.resolve(WEIGHTS_FILE), type);
  }
}
