package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.linear;

import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.RotaryPositions;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The log-probability that a model gives to each token of a text. */
public final class TokenScores {

  /** Logits of a large vocabulary would be larger than everything else. */
  private static final int CHUNK_ROWS = 128;

  private final LanguageModel model;

  public TokenScores(LanguageModel model) {
    this.model = model;
  }

  /**
   * @param tokens ids, at least two, at most one more than the model's context holds
   * @return natural logarithms, one for each token but the first, given all before it
   */
  public double[] of(int[] tokens) {
    return from(1, tokens);
  }

  /**
   * As {@link #of}, for the tokens from the one at {@code first} on, 1 or more: the others cost no
   * product with the vocabulary.
   */
  double[] from(int first, int[] tokens) {
    int length = tokens.length - 1;
    long[] inputs = new long[length];
    long[] targets = new long[length];
    for (int i = 0; i < length; i++) {
      inputs[i] = tokens[i];
      targets[i] = tokens[i + 1];
    }
    double[] scores = new double[tokens.length - first];
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      Tensor hidden =
          new LlamaForward(model.config(), ScalarType.Float)
              .hidden(
                  model.weights(),
                  null,
                  DeviceTensors.of(inputs, length),
                  1,
                  length,
                  RotaryPositions.table(model.config(), length, ScalarType.Float),
                  Attention.fusedCausal());
      Tensor wanted = DeviceTensors.of(targets, length, 1);
      for (int start = first - 1; start < length; start += CHUNK_ROWS) {
        int rows = Math.min(CHUNK_ROWS, length - start);
        copy(chunk(hidden, wanted, start, rows), scores, start - first + 1);
      }
    }
    return scores;
  }

  private float[] chunk(Tensor hidden, Tensor wanted, int start, int rows) {
    try (PointerScope scope = new PointerScope()) {
      return DeviceTensors.floats(
          linear(hidden.narrow(0, start, rows), model.weights().head())
              .log_softmax(-1)
              .gather(1, wanted.narrow(0, start, rows)));
    }
  }

  private static void copy(float[] values, double[] target, int start) {
    for (int i = 0; i < values.length; i++) {
      target[start + i] = values[i];
    }
  }
}
