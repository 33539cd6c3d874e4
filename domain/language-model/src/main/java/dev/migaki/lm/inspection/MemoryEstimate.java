package dev.migaki.lm.inspection;

import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterShapes;
import java.util.Map;

/**
 * How much memory a model needs, from its shapes alone: tensors outside the Java heap, plus a
 * constant for the process and its libraries.
 *
 * @param answerBytes load in full precision and answer one conversation of the whole context
 * @param loraBytes train a LoRA adapter on all linear layers
 * @param fullBytes train all parameters
 */
public record MemoryEstimate(long answerBytes, long loraBytes, long fullBytes) {

  /** JVM, libtorch and its working memory, as seen with the quick-start model. */
  public static final long PROCESS_BYTES = 400L << 20;

  /** Tokens of one training step in these estimates. */
  public static final int BATCH_TOKENS = 2048;

  private static final long FLOAT_BYTES = 4;

  /** Value, gradient and two moments. */
  private static final long TRAINED_COPIES = 4;

  /**
   * @param adapter the adapter's shape
   */
  public static MemoryEstimate of(ModelConfig config, LoraSettings adapter) {
    long weights = config.parameterCount() * FLOAT_BYTES;
    long cache =
        2L
            * config.layers()
            * config.keyValueHeads()
            * config.headSize()
            * config.maxPositions()
            * FLOAT_BYTES;
    long logits = 512L * config.vocabularySize() * FLOAT_BYTES * 3;
    long step = BATCH_TOKENS * activationBytes(config) + logits;
    long lora = adapterParameters(config, adapter) * FLOAT_BYTES * TRAINED_COPIES;
    return new MemoryEstimate(
        PROCESS_BYTES + weights + cache,
        PROCESS_BYTES + weights + lora + step,
        PROCESS_BYTES + weights * TRAINED_COPIES + step);
  }

  /** Trained values of an adapter over all linear layers. */
  public static long adapterParameters(ModelConfig config, LoraSettings adapter) {
    long values = 0;
    for (Map.Entry<String, long[]> entry : ParameterShapes.of(config).entrySet()) {
      long[] shape = entry.getValue();
      if (entry.getKey().contains(".layers.") && shape.length == 2) {
        values += adapter.rank() * (shape[0] + shape[1]);
      }
    }
    return values;
  }

  /** What the autograd tape keeps of one token until its backward pass, in full precision. */
  private static long activationBytes(ModelConfig config) {
    long heads = config.headSize() * (long) config.heads();
    long keys = config.headSize() * (long) config.keyValueHeads();
    // inputs and results of two norms, projected and rotated heads, attention, gate, up, products
    long perLayer =
        6L * config.hiddenSize() + 3 * heads + 4 * keys + 5L * config.intermediateSize();
    return config.layers() * perLayer * FLOAT_BYTES;
  }
}
