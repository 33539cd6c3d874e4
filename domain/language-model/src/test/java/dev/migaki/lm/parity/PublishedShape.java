package dev.migaki.lm.parity;

import static org.bytedeco.pytorch.global.torch.linear;

import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Compares a model directory of {@code benchmarks/python/published_shapes.py} with its reference
 * logits: too large for the tests, so it is a program. Usage: {@code PublishedShape DIR}.
 */
public final class PublishedShape {

  private PublishedShape() {}

  /** See the class comment. */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    ModelConfig config = ModelConfig.read(directory.resolve(LlamaCheckpoint.CONFIG_FILE));
    Map<String, StoredTensor> expected =
        SafetensorsReader.read(directory.resolve("expected/logits.safetensors"));
    float[] stored = Objects.requireNonNull(expected.get("ids")).toFloats();
    float[] reference = Objects.requireNonNull(expected.get("logits")).toFloats();
    long[] ids = new long[stored.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = (long) stored[i];
    }
    try (ParameterBlock block = LlamaCheckpoint.load(directory, config, ScalarType.Float);
        AutoGradMode guard = new AutoGradMode(false)) {
      LlamaWeights weights = LlamaWeights.frozen(config, block);
      Tensor hidden =
          new LlamaForward(config, ScalarType.Float)
              .hidden(
                  weights,
                  null,
                  DeviceTensors.of(ids, ids.length),
                  1,
                  ids.length,
                  RotaryPositions.table(config, ids.length, ScalarType.Float),
                  Attention.fusedCausal());
      float[] logits = DeviceTensors.floats(linear(hidden, weights.head()));
      System.out.printf(
          "%s: %,d parameters, largest difference of %,d logits %.2e, relative %.2e%n",
          directory.getFileName(),
          config.parameterCount(),
          logits.length,
          GoldenModel.largestDifference(logits, reference),
          GoldenModel.relativeDifference(logits, reference));
    }
  }
}
