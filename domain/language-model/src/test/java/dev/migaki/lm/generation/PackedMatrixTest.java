package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.device.DeviceTensors;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackedMatrixTest {

  private static final int OUTPUTS = 96;
  private static final int INPUTS = 160;
  private static final int ROWS = 3;

  private static float[] gaussians(int count, double scale, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (random.nextGaussian() * scale);
    }
    return values;
  }

  /** Oracle: the product in double precision of the values as they are stored. */
  @ParameterizedTest
  @CsvSource({
    "BFloat16, 0.02",
    "BFloat16, 1e-6",
    "BFloat16, 3",
    "BFloat16, 9000",
    "Half, 0.02",
    "Float, 0.02",
    "Float, 300"
  })
  void shouldMultiplyAsInFullPrecision(ScalarType type, double size) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      // Given
      Tensor weight =
          DeviceTensors.of(gaussians(OUTPUTS * INPUTS, size, 1), OUTPUTS, INPUTS)
              .to(type)
              .to(ScalarType.Float);
      float[] input = gaussians(ROWS * INPUTS, 1, 2);
      double[] values = DeviceTensors.doubles(weight);

      // When
      Tensor output = DeviceTensors.empty(ROWS, OUTPUTS);
      try (PackedMatrix matrix = PackedMatrix.of(weight)) {
        matrix.multiply(output, DeviceTensors.of(input, ROWS, INPUTS));
      }

      // Then
      float[] products = DeviceTensors.floats(output);
      for (int row = 0; row < ROWS; row++) {
        for (int out = 0; out < OUTPUTS; out++) {
          double expected = 0;
          double magnitude = 0;
          for (int i = 0; i < INPUTS; i++) {
            double term = values[out * INPUTS + i] * input[row * INPUTS + i];
            expected += term;
            magnitude += Math.abs(term);
          }
          assertThat((double) products[row * OUTPUTS + out])
              .isCloseTo(expected, within(4e-6 * magnitude));
        }
      }
    }
  }

  /** Twice the memory traffic would be twice the time of a token. */
  @Test
  void shouldMultiplyOnceWhenTheValuesAreThoseOfAPublishedCheckpoint() {
    assumeTrue(ComputeDevice.current() == ComputeDevice.CPU, "nothing is packed on CUDA");
    assertThat(isSingle(ScalarType.BFloat16, 0.02)).isTrue();
    assertThat(isSingle(ScalarType.BFloat16, 3)).isTrue();
    assertThat(isSingle(ScalarType.Half, 0.02)).isTrue();
    assertThat(isSingle(ScalarType.Float, 0.02)).isFalse();
  }

  private static boolean isSingle(ScalarType type, double size) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope();
        PackedMatrix matrix =
            PackedMatrix.of(
                DeviceTensors.of(gaussians(OUTPUTS * INPUTS, size, 1), OUTPUTS, INPUTS)
                    .to(type)
                    .to(ScalarType.Float))) {
      return matrix.isSingle();
    }
  }
}
