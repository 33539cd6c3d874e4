package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.generation.ProductUpdates.Product;
import dev.migaki.lm.model.AdapterUpdates;
import dev.migaki.lm.model.AdapterUpdates.Update;
import dev.migaki.lm.model.ModelConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdapterRackTest {

  private static final int RANK = 4;
  private static final int HIDDEN = 32;
  private static final int FEED_FORWARD = 48;

  /** Of what is added: half the resolution of a float near one. */
  private static final double SMALLEST = 0x1p-24;

  private static final ModelConfig CONFIG =
      new ModelConfig(320, HIDDEN, FEED_FORWARD, 1, 4, 2, 8, 1e-5, 10_000, 96, true);

  @TempDir Path directory;

  private static float[] random(int size, double spread, long seed) {
    Random random = new Random(seed);
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (float) (spread * random.nextGaussian());
    }
    return values;
  }

  private static AdapterUpdates updates(Update update) {
    return new AdapterUpdates(Map.of("0.mlp.down_proj", update), RANK);
  }

  @ParameterizedTest(name = "A of {0}, B of {1}, inputs of {2}")
  @CsvSource({
    "0.05, 0.01, 1",
    "0.00001, 100, 1", // out of proportion
    "100, 0.00001, 1",
    "0.0001, 0.0001, 1", // B at the begin of a training
    "0.05, 0.01, 100000", // larger than the largest half
    "0.05, 0.01, 0.0001"
  })
  void shouldAddTheUpdateUpToTheRoundingOfHalves(double spreadA, double spreadB, double spread) {
    // Given
    float[] a = random(RANK * FEED_FORWARD, spreadA, 1);
    float[] b = random(HIDDEN * RANK, spreadB, 2);
    float[] inputs = random(2 * FEED_FORWARD, spread, 3);
    try (LanguageModel model = LanguageModel.load(TinyModel.write(directory, CONFIG, 3));
        AdapterRack rack = new AdapterRack(CONFIG);
        PointerScope scope = new PointerScope()) {
      Update update = new Update(a, b, RANK, 2);
      int place = rack.place(new LoadedAdapter(model.engine(), updates(update)));

      // When one row uses the adapter and the other the base alone
      Tensor output = DeviceTensors.filled(0, 2, HIDDEN);
      Tensor prompt = DeviceTensors.filled(0, 2, HIDDEN);
      Tensor input = DeviceTensors.of(inputs, 2, FEED_FORWARD);
      try (AdapterRack.BatchUpdates batch = rack.ofBatch(new int[] {place, 0})) {
        batch.addInPlace(0, Product.DOWN, output, input);
      }
      rack.ofOne(place).addInPlace(0, Product.DOWN, prompt, input);

      // Then
      float[] actual = DeviceTensors.floats(output);
      float[] ofPrompt = DeviceTensors.floats(prompt);
      for (int out = 0; out < HIDDEN; out++) {
        double expected = 0;
        double magnitude = 0;
        for (int r = 0; r < RANK; r++) {
          double state = 0;
          double states = 0;
          for (int in = 0; in < FEED_FORWARD; in++) {
            state += (double) a[r * FEED_FORWARD + in] * inputs[in];
            states += Math.abs((double) a[r * FEED_FORWARD + in] * inputs[in]);
          }
          expected += 2 * b[out * RANK + r] * state;
          magnitude += 2 * Math.abs(b[out * RANK + r]) * states;
        }
        assertThat((double) actual[out])
            .isCloseTo(expected, within(magnitude * 0x1p-11 + SMALLEST));
        assertThat((double) ofPrompt[out])
            .isCloseTo(expected, within(magnitude * 0x1p-11 + SMALLEST));
        assertThat(actual[HIDDEN + out]).isZero();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"NaN, 0.01", "0.05, Infinity", "100000, 1000000"})
  void shouldRefuseValuesThatNoTrainingLeaves(float ofA, float ofB) {
    float[] a = random(RANK * FEED_FORWARD, 0, 1);
    float[] b = random(HIDDEN * RANK, 0, 2);
    a[7] = ofA;
    b[5] = ofB;
    Update update = new Update(a, b, RANK, 2);

    assertThatThrownBy(() -> HalfScaling.of("0.mlp.down_proj", update))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("0.mlp.down_proj")
        .hasMessageContaining("smaller learning rate");
  }

  @Test
  void shouldLeaveAnUntrainedAdapterWithoutEffect() {
    Update update =
        new Update(random(RANK * FEED_FORWARD, 1, 1), new float[HIDDEN * RANK], RANK, 2);

    assertThat(HalfScaling.of("0.mlp.down_proj", update)).isEqualTo(new HalfScaling(0, 4));
  }
}
