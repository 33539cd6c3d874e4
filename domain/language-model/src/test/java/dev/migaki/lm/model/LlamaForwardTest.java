package dev.migaki.lm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.TinyModel;
import dev.migaki.lm.device.DeviceTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class LlamaForwardTest {

  private static final int LENGTH = 24;
  private static final int CHANGED_FROM = 10;

  private final ModelConfig config = TinyModel.config(300);

  private static long[] tokens(long seed) {
    return new Random(seed).longs(LENGTH, 0, 300).toArray();
  }

  private float[] hidden(long[] tokens, ScalarType type, Attention attention) {
    try (ParameterBlock block = TinyModel.spread(config, 5, ScalarType.Float);
        AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      LlamaWeights weights = LlamaWeights.frozen(config, block).withMatricesAs(type);
      RotaryPositions positions = RotaryPositions.table(config, LENGTH, ScalarType.Float).as(type);
      Tensor hidden =
          new LlamaForward(config, type)
              .hidden(
                  weights, null, DeviceTensors.of(tokens, LENGTH), 1, LENGTH, positions, attention);
      float[] values = new float[LENGTH * config.hiddenSize()];
      ParameterBlock.copyOut(hidden.contiguous(), 0, values);
      return values;
    }
  }

  private void assertCausal(ScalarType type, Attention attention) {
    // Given
    long[] original = tokens(1);
    long[] changed = original.clone();
    for (int i = CHANGED_FROM; i < LENGTH; i++) {
      changed[i] = (original[i] + 7) % 300;
    }

    // When
    float[] before = hidden(original, type, attention);
    float[] after = hidden(changed, type, attention);

    // Then
    int border = CHANGED_FROM * config.hiddenSize();
    for (int i = 0; i < border; i++) {
      assertThat(after[i]).as("element %s of the past", i).isEqualTo(before[i]);
    }
    double change = 0;
    for (int i = border; i < before.length; i++) {
      change = Math.max(change, Math.abs(before[i] - after[i]));
    }
    assertThat(change).as("largest change of the future").isGreaterThan(0.1);
  }

  @Test
  void shouldNotSeeTheFutureWhenAttentionIsFused() {
    assertCausal(ScalarType.Float, Attention.fusedCausal());
  }

  @Test
  void shouldNotSeeTheFutureWhenAttentionIsBatchedInBfloat16() {
    assertCausal(ScalarType.BFloat16, Attention.batchedCausal(LENGTH, 2, ScalarType.BFloat16));
  }

  @Test
  void shouldLetGoOfWhatABlockComputedWhenTheBlockIsDone() {
    // Given
    Attention fused = Attention.fusedCausal();
    List<Tensor> results = new ArrayList<>();
    List<Long> stillHeld = new ArrayList<>();
    Attention observed =
        (layer, queries, keys, values) -> {
          stillHeld.add(results.stream().filter(result -> !result.isNull()).count());
          results.add(fused.attend(layer, queries, keys, values));
          return results.get(layer);
        };

    // When
    hidden(tokens(3), ScalarType.Float, observed);

    // Then
    assertThat(stillHeld).hasSize(config.layers()).hasSizeGreaterThan(1).containsOnly(0L);
  }

  @Test
  void shouldGiveTheSameStatesWhenAttentionIsFusedOrBatched() {
    // Given
    long[] tokens = tokens(2);

    // When
    float[] fused = hidden(tokens, ScalarType.Float, Attention.fusedCausal());
    float[] batched =
        hidden(tokens, ScalarType.Float, Attention.batchedCausal(LENGTH, 2, ScalarType.Float));

    // Then
    for (int i = 0; i < fused.length; i++) {
      assertThat(batched[i]).isCloseTo(fused[i], within(2e-5f));
    }
  }

  @Test
  void shouldStayNearFullPrecisionWhenComputedInBfloat16() {
    // Given
    long[] tokens = tokens(3);

    // When
    float[] full = hidden(tokens, ScalarType.Float, Attention.fusedCausal());
    float[] half =
        hidden(
            tokens, ScalarType.BFloat16, Attention.batchedCausal(LENGTH, 2, ScalarType.BFloat16));

    // Then
    double difference = 0;
    double size = 0;
    for (int i = 0; i < full.length; i++) {
      difference += (full[i] - half[i]) * (double) (full[i] - half[i]);
      size += full[i] * (double) full[i];
    }
    assertThat(Math.sqrt(difference / size)).isLessThan(0.03);
  }

  /**
   * Oracle: the rotation written out pair by pair, after RoFormer's equation 34 with Hugging Face's
   * pairing.
   */
  @Test
  void shouldRotatePairsOfHalvesWhenPositionsAreApplied() {
    // Given
    int size = config.headSize();
    float[] head = new float[3 * size];
    Random random = new Random(4);
    for (int i = 0; i < head.length; i++) {
      head[i] = (float) random.nextGaussian();
    }

    // When
    float[] rotated = new float[head.length];
    try (PointerScope scope = new PointerScope()) {
      Tensor result =
          RotaryPositions.table(config, 3, ScalarType.Float)
              .rotate(DeviceTensors.of(head, 1, 3, 1, size));
      ParameterBlock.copyOut(result.contiguous(), 0, rotated);
    }

    // Then
    for (int position = 0; position < 3; position++) {
      for (int i = 0; i < size / 2; i++) {
        double angle = position / Math.pow(10_000, 2.0 * i / size);
        double x = head[position * size + i];
        double y = head[position * size + i + size / 2];
        assertThat((double) rotated[position * size + i])
            .isCloseTo(x * Math.cos(angle) - y * Math.sin(angle), within(1e-5));
        assertThat((double) rotated[position * size + i + size / 2])
            .isCloseTo(y * Math.cos(angle) + x * Math.sin(angle), within(1e-5));
      }
    }
  }
}
