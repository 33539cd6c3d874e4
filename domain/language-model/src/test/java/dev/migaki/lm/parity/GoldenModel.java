package dev.migaki.lm.parity;

import static org.bytedeco.pytorch.global.torch.linear;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraWeights;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** A tiny model of one family with the reference values that belong to it. */
final class GoldenModel implements AutoCloseable {

  /** Written by {@code benchmarks/python/model_goldens.py}. */
  static final Path ROOT = Path.of("src/test/resources/parity/models");

  private final Path directory;
  private final ModelConfig config;
  private final ParameterBlock parameters;
  private final JsonNode facts;
  private final Map<String, StoredTensor> expected;

  GoldenModel(String family) {
    this.directory = ROOT.resolve(family);
    this.config = ModelConfig.read(directory.resolve("config.json"));
    this.parameters = LlamaCheckpoint.load(directory, config, ScalarType.Float);
    this.expected = SafetensorsReader.read(directory.resolve("expected.safetensors"));
    try {
      this.facts =
          new ObjectMapper().readTree(Files.readAllBytes(directory.resolve("expected.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Path directory() {
    return directory;
  }

  ModelConfig config() {
    return config;
  }

  ParameterBlock parameters() {
    return parameters;
  }

  JsonNode facts() {
    return facts;
  }

  float[] expected(String name) {
    StoredTensor tensor = expected.get(name);
    if (tensor == null) {
      throw new IllegalArgumentException("no reference value " + name);
    }
    return tensor.toFloats();
  }

  int batch() {
    return facts.path("ids").size();
  }

  int length() {
    return facts.path("ids").path(0).size();
  }

  /** All token ids, row by row. */
  long[] ids() {
    long[] ids = new long[batch() * length()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = facts.path("ids").path(i / length()).path(i % length()).asLong();
    }
    return ids;
  }

  /**
   * {@code [B·T, V]} with full attention and no cache.
   *
   * @param block weights to use
   */
  float[] logits(ParameterBlock block, long[] ids, int batch, ScalarType type) {
    return logits(block, null, ids, batch, type);
  }

  float[] logits(
      ParameterBlock block, @Nullable LoraWeights lora, long[] ids, int batch, ScalarType type) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      LlamaWeights weights = LlamaWeights.frozen(config, block).withMatricesAs(type);
      Tensor hidden = hidden(weights, lora, ids, batch, type);
      return DeviceTensors.floats(linear(hidden.to(type), weights.head().to(type)));
    }
  }

  Tensor hidden(
      LlamaWeights weights, @Nullable LoraWeights lora, long[] ids, int batch, ScalarType type) {
    int length = ids.length / batch;
    Attention attention =
        type == ScalarType.Float
            ? Attention.fusedCausal()
            : Attention.batchedCausal(length, config.heads() / config.keyValueHeads(), type);
    return new LlamaForward(config, type)
        .hidden(
            weights,
            lora,
            DeviceTensors.of(ids, ids.length),
            batch,
            length,
            RotaryPositions.table(config, length, ScalarType.Float).as(type),
            attention);
  }

  /** A block's values one after the other, in the order of their names. */
  static float[] packed(LoraAdapter adapter, Tensor flat) {
    ParameterBlock block = adapter.parameters();
    float[] all = DeviceTensors.floats(flat);
    float[] packed = new float[all.length];
    int done = 0;
    for (ParameterBlock.Slice slice : new TreeMap<>(block.slices()).values()) {
      System.arraycopy(all, (int) slice.offset(), packed, done, (int) slice.size());
      done += (int) slice.size();
    }
    return packed;
  }

  static double largestDifference(float[] left, float[] right) {
    if (left.length != right.length) {
      throw new AssertionError(left.length + " values against " + right.length);
    }
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      // NaN must not pass
      double difference = Math.abs(left[i] - right[i]);
      if (!(difference <= largest)) {
        largest = difference;
      }
    }
    return largest;
  }

  /** Norm of the difference by the norm of the reference. */
  static double relativeDifference(float[] actual, float[] reference) {
    if (actual.length != reference.length) {
      throw new AssertionError(actual.length + " values against " + reference.length);
    }
    double difference = 0;
    double size = 0;
    for (int i = 0; i < actual.length; i++) {
      difference += (actual[i] - reference[i]) * (double) (actual[i] - reference[i]);
      size += reference[i] * (double) reference[i];
    }
    return Math.sqrt(difference / size);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
