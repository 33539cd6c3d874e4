package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.cat;

import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.RotaryPositions;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Rotary positions for a pass that exchanges the halves of a head: cosines twice, and sines with
 * the sign of the first half turned. Grows with the longest context in use, because a published
 * model may allow a hundred thousand positions.
 */
final class RotaryTable implements AutoCloseable {

  private static final int FIRST_LENGTH = 256;

  private final ModelConfig config;
  private Tensor cosine;
  private Tensor sine;
  private int length;

  RotaryTable(ModelConfig config) {
    this.config = config;
    this.cosine = new Tensor();
    this.sine = new Tensor();
    reserve(1);
  }

  void reserve(int positions) {
    if (positions <= length) {
      return;
    }
    int longer = Math.max(FIRST_LENGTH, Integer.highestOneBit(Math.max(1, positions - 1)) * 2);
    cosine.close();
    sine.close();
    length = Math.max(positions, Math.min(longer, config.maxPositions()));
    try (PointerScope scope = new PointerScope()) {
      RotaryPositions table = RotaryPositions.table(config, length, ScalarType.Float);
      Tensor cosines = table.cosine().squeeze(1);
      Tensor sines = table.sine().squeeze(1);
      cosine = cat(new TensorVector(cosines, cosines), 1);
      sine = cat(new TensorVector(sines.neg(), sines), 1);
      cosine.retainReference();
      sine.retainReference();
    }
  }

  /** {@code [length, d]}. */
  Tensor cosine() {
    return cosine;
  }

  /** {@code [length, d]}. */
  Tensor sine() {
    return sine;
  }

  @Override
  public void close() {
    cosine.close();
    sine.close();
  }
}
