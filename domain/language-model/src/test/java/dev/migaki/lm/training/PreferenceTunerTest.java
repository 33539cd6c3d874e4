package dev.migaki.lm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.TinyModel;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreferenceTunerTest {

  private static final int PROMPT = 5;

  private final ModelConfig config = TinyModel.config(120);

  @BeforeAll
  static void oneThread() {
    torch.set_num_threads(1);
  }

  private static List<PreferencePair> pairs(int count, long seed) {
    return pairs(count, seed, 7);
  }

  /**
   * The same prompt twice.
   *
   * @param spread by how much the lengths of answers differ at most, plus one
   */
  private static List<PreferencePair> pairs(int count, long seed, int spread) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            line -> {
              int[] prompt = random.ints(PROMPT, 0, 120).toArray();
              return new PreferencePair(
                  line + 1,
                  answered(line, prompt, random, spread),
                  answered(line, prompt, random, spread));
            })
        .toList();
  }

  private static ChatExample answered(int line, int[] prompt, Random random, int spread) {
    int[] tokens =
        IntStream.concat(IntStream.of(prompt), random.ints(3 + random.nextInt(spread), 0, 120))
            .toArray();
    float[] weights = new float[tokens.length];
    for (int i = PROMPT; i < tokens.length; i++) {
      weights[i] = 1;
    }
    return new ChatExample(line + 1, tokens, weights, new boolean[tokens.length]);
  }

  private PreferenceTuner tuner(
      @Nullable LoraSettings lora, Precision precision, double beta, List<PreferencePair> pairs) {
    return tuner(lora, 0, precision, beta, pairs);
  }

  private PreferenceTuner tuner(
      @Nullable LoraSettings lora,
      int passTokens,
      Precision precision,
      double beta,
      List<PreferencePair> pairs) {
    return new PreferenceTuner(
        config,
        new FineTuner.Settings(
            lora,
            256,
            passTokens,
            0,
            0,
            1,
            new AdamW.Settings(0.9, 0.95, 1e-8, 0),
            precision,
            2,
            3),
        new PreferenceLoss(beta),
        TinyModel.spread(config, 11, precision.parameterType()),
        pairs);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldEndWithTheSameWeightsWhenAStepIsDoneInPasses(boolean lora) {
    // Given
    LoraSettings adapter = lora ? new LoraSettings(4, 8, 0, false) : null;
    double[] whole = afterSteps(adapter, 0);

    // When: a pair or two a pass
    double[] divided = afterSteps(adapter, 48);

    // Then: only the order of sums differs
    assertThat(divided).isNotEqualTo(whole);
    for (int i = 0; i < whole.length; i++) {
      assertThat(divided[i]).isCloseTo(whole[i], within(1e-12 + 1e-6 * Math.abs(whole[i])));
    }
    assertThat(afterSteps(adapter, 256)).isEqualTo(whole);
  }

  private double[] afterSteps(@Nullable LoraSettings lora, int passTokens) {
    try (PreferenceTuner tuner = tuner(lora, passTokens, Precision.FP64, 0.3, pairs(20, 4))) {
      tuner.rememberReference(List.of());
      for (int step = 0; step < 4; step++) {
        tuner.stepInPlace(step, 2e-3);
      }
      return DeviceTensors.doubles(tuner.trained().values());
    }
  }

  /** Moves the policy away from its reference. */
  private static void disturb(ParameterBlock block) {
    Random random = new Random(17);
    for (ParameterBlock.Slice slice : block.slices().values()) {
      float[] values = block.get(slice.name());
      for (int i = 0; i < values.length; i++) {
        values[i] += 0.03f * (float) random.nextGaussian();
      }
      block.setInPlace(slice.name(), values);
    }
  }

  /** Central differences in double precision, every kind of trained matrix. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldMatchFiniteDifferencesWhenGradientsAreComputed(boolean lora) {
    // Given
    List<PreferencePair> pairs = pairs(3, 1);
    LoraSettings settings = lora ? new LoraSettings(3, 6, 0, true) : null;
    try (PreferenceTuner tuner = tuner(settings, Precision.FP64, 0.7, pairs)) {
      tuner.rememberReference(List.of());
      ParameterBlock trained = tuner.trained();
      disturb(trained);

      // When
      PreferenceLoss.Outcome outcome = tuner.gradients(pairs);

      // Then
      assertThat(outcome.loss()).isCloseTo(tuner.evaluate(pairs).loss(), within(1e-12));
      assertThat(Math.abs(outcome.margin())).isGreaterThan(1e-3);
      Random random = new Random(23);
      double step = 1e-5;
      for (ParameterBlock.Slice slice : trained.slices().values()) {
        for (int k = 0; k < 4; k++) {
          long at = slice.offset() + (long) (random.nextDouble() * slice.size());
          Tensor value = trained.values().narrow(0, at, 1);
          double original = value.item_double();
          value.fill_(new Scalar(original + step));
          double above = tuner.evaluate(pairs).loss();
          value.fill_(new Scalar(original - step));
          double below = tuner.evaluate(pairs).loss();
          value.fill_(new Scalar(original));
          double numeric = (above - below) / (2 * step);
          assertThat(trained.gradients().narrow(0, at, 1).item_double())
              .as("%s[%s]", slice.name(), at)
              .isCloseTo(numeric, within(1e-8 + 2e-5 * Math.abs(numeric)));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"FP32, 1e-5", "BF16, 3e-2"})
  void shouldStartAtTheLogarithmOfTwoWhenNothingIsLearnedYet(Precision precision, double bound) {
    // Given
    List<PreferencePair> pairs = pairs(5, 2);
    try (PreferenceTuner tuner = tuner(new LoraSettings(4, 8, 0, false), precision, 0.1, pairs)) {
      tuner.rememberReference(List.of());

      // When
      PreferenceTuner.StepResult first = tuner.stepInPlace(0, 1e-3);

      // Then
      assertThat(first.outcome().loss()).isCloseTo(Math.log(2), within(bound));
      assertThat(first.outcome().margin()).isCloseTo(0, within(bound));
      assertThat(first.gradientNorm()).isPositive();
      assertThat(first.tokens()).isEqualTo(pairs.stream().mapToLong(PreferencePair::tokens).sum());
    }
  }

  /** Which answer is likelier before training is chance. */
  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void shouldMakePreferredAnswersLikelierWhenTrainingAnAdapter(Precision precision) {
    // Given
    List<PreferencePair> pairs = pairs(6, 3, 1);
    try (PreferenceTuner tuner = tuner(new LoraSettings(8, 16, 0, false), precision, 0.1, pairs)) {
      tuner.rememberReference(List.of());
      long before = likelier(tuner, pairs);

      // When
      double early = 0;
      for (int step = 0; step < 60; step++) {
        double margin = tuner.stepInPlace(step, 5e-3).outcome().margin();
        early = step == 5 ? margin : early;
      }

      // Then
      PreferenceLoss.Outcome after = tuner.evaluate(pairs);
      assertThat(before).isLessThan(6);
      assertThat(likelier(tuner, pairs)).isEqualTo(6);
      assertThat(after.accuracy()).isEqualTo(1.0);
      assertThat(early).isPositive();
      assertThat(after.margin()).isGreaterThan(1.5 * early);
      assertThat(after.loss()).isLessThan(0.2);
    }
  }

  private static long likelier(PreferenceTuner tuner, List<PreferencePair> pairs) {
    return tuner.likelihoodDifferences(pairs).filter(difference -> difference > 0).count();
  }

  @Test
  void shouldStayCloserToTheReferenceWhenBetaIsLarger() {
    // Given
    List<PreferencePair> pairs = pairs(6, 3);

    // When
    double loose = movedAfter(0.05, pairs);
    double tight = movedAfter(2, pairs);

    // Then
    assertThat(tight).isLessThan(loose / 2);
  }

  /** By how much the pairs' log-likelihoods moved apart, in nats. */
  private double movedAfter(double beta, List<PreferencePair> pairs) {
    try (PreferenceTuner tuner =
        tuner(new LoraSettings(8, 16, 0, false), Precision.FP32, beta, pairs)) {
      tuner.rememberReference(List.of());
      for (int step = 0; step < 40; step++) {
        tuner.stepInPlace(step, 5e-3);
      }
      return tuner.evaluate(pairs).margin() / beta;
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldEndWithTheSameBitsWhenARunGoesOnFromASnapshot(boolean lora) {
    // Given
    List<PreferencePair> pairs = pairs(30, 6);
    LoraSettings settings = lora ? new LoraSettings(4, 8, 0.1, true) : null;
    float[] undisturbed;
    float[] snapshot;
    float[] mean;
    float[] variance;
    int half = 4;
    try (PreferenceTuner tuner = tuner(settings, Precision.FP32, 0.1, pairs)) {
      tuner.rememberReference(List.of());
      steps(tuner, 0, half);
      snapshot = copy(tuner.trained().values());
      mean = copy(tuner.optimizer().mean());
      variance = copy(tuner.optimizer().variance());
      steps(tuner, half, tuner.steps(2));
      undisturbed = copy(tuner.trained().values());
    }

    // When: the reference is computed again, before the snapshot is put back
    float[] resumed;
    try (PreferenceTuner tuner = tuner(settings, Precision.FP32, 0.1, pairs)) {
      tuner.rememberReference(List.of());
      put(tuner.trained().values(), snapshot);
      put(tuner.optimizer().mean(), mean);
      put(tuner.optimizer().variance(), variance);
      tuner.optimizer().resumeInPlace(half);
      steps(tuner, half, tuner.steps(2));
      resumed = copy(tuner.trained().values());
    }

    // Then
    assertThat(resumed).isEqualTo(undisturbed).isNotEqualTo(snapshot);
  }

  private static void steps(PreferenceTuner tuner, long from, long to) {
    for (long step = from; step < to; step++) {
      tuner.stepInPlace(step, 2e-3);
    }
  }

  private static float[] copy(Tensor tensor) {
    return DeviceTensors.floats(tensor);
  }

  private static void put(Tensor tensor, float[] values) {
    tensor.copy_(DeviceTensors.of(values, values.length));
  }

  @Test
  void shouldKeepBatchesWithinTheirTokensWhenPairsAreUneven() {
    // Given
    List<PreferencePair> pairs = pairs(41, 8);

    // When
    List<List<PreferencePair>> batches = BatchPlan.epoch(pairs, 96, 8, 1, 0);

    // Then
    assertThat(batches.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(pairs);
    assertThat(batches)
        .allSatisfy(
            batch ->
                assertThat(PreferenceBatch.rows(batch, 8).inputs().length).isLessThanOrEqualTo(96));
  }

  @Test
  void shouldSayWhatIsMissingWhenThereIsNoReference() {
    // Given
    List<PreferencePair> pairs = pairs(2, 9);
    try (PreferenceTuner tuner = tuner(null, Precision.FP32, 0.1, pairs)) {
      // When / Then
      assertThatThrownBy(() -> tuner.stepInPlace(0, 1e-3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("rememberReference");
    }
  }

  /** {@code e^1000} is infinite in a naive formula. */
  @ParameterizedTest
  @CsvSource({"-1000, 1000, 0", "0, 0.6931471805599453, 0", "1000, 0, 1"})
  void shouldStayFiniteWhenMarginsAreLarge(double margin, double loss, long right) {
    // When
    PreferenceLoss.Pull pull =
        new PreferenceLoss(1).pull(new double[] {margin, 0}, new double[] {0});

    // Then
    assertThat(pull.outcome().loss()).isEqualTo(loss);
    assertThat(pull.outcome().right()).isEqualTo(right);
    assertThat(pull.rowWeights()[0]).isBetween(0.0, 1.0).isEqualTo(-pull.rowWeights()[1]);
  }
}
