package dev.migaki.lm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.TinyModel;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FineTunerTest {

  private final ModelConfig config = TinyModel.config(120);

  @BeforeAll
  static void oneThread() {
    torch.set_num_threads(1);
  }

  private static List<ChatExample> examples(int count, long seed) {
    Random random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(
            line -> {
              int[] tokens = random.ints(10 + random.nextInt(6), 0, 120).toArray();
              float[] weights = new float[tokens.length];
              boolean[] droppable = new boolean[tokens.length];
              for (int i = 0; i < tokens.length; i++) {
                weights[i] = i < 5 ? 0 : i == 5 ? 2 : 1;
                droppable[i] = i > 0 && i < 5;
              }
              return new ChatExample(line + 1, tokens, weights, droppable);
            })
        .toList();
  }

  private FineTuner tuner(
      @Nullable LoraSettings lora, Precision precision, List<ChatExample> examples) {
    return new FineTuner(
        config,
        new FineTuner.Settings(
            lora, 512, 0, 0, 0, 1, new AdamW.Settings(0.9, 0.95, 1e-8, 0), precision, 2, 3),
        TinyModel.spread(config, 11, precision.parameterType()),
        examples);
  }

  private static void randomise(ParameterBlock block) {
    Random random = new Random(17);
    for (ParameterBlock.Slice slice : block.slices().values()) {
      if (slice.name().contains("lora_B")) {
        float[] values = new float[(int) slice.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.05f * (float) random.nextGaussian();
        }
        block.setInPlace(slice.name(), values);
      }
    }
  }

  /**
   * Central differences in double precision: the gradient of every kind of trained matrix, element
   * by element.
   */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldMatchFiniteDifferencesWhenGradientsAreComputed(boolean lora) {
    // Given
    List<ChatExample> examples = examples(3, 1);
    LoraSettings settings = lora ? new LoraSettings(3, 6, 0, true) : null;
    try (FineTuner tuner = tuner(settings, Precision.FP64, examples)) {
      ParameterBlock trained = tuner.trained();
      randomise(trained);

      // When
      tuner.gradients(examples);

      // Then
      Random random = new Random(23);
      double step = 1e-5;
      for (ParameterBlock.Slice slice : trained.slices().values()) {
        for (int k = 0; k < 4; k++) {
          long at = slice.offset() + (long) (random.nextDouble() * slice.size());
          Tensor value = trained.values().narrow(0, at, 1);
          double original = value.item_double();
          value.fill_(new Scalar(original + step));
          double above = tuner.evaluate(examples).mean();
          value.fill_(new Scalar(original - step));
          double below = tuner.evaluate(examples).mean();
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
  @EnumSource(names = {"FP32", "BF16"})
  void shouldLearnABatchByHeartWhenTrainingAllParameters(Precision precision) {
    // Given
    List<ChatExample> examples = examples(6, 2);
    try (FineTuner tuner = tuner(null, precision, examples)) {
      double before = tuner.evaluate(examples).mean();

      // When
      for (int step = 0; step < 120; step++) {
        tuner.stepInPlace(step, 5e-3);
      }

      // Then
      TokenLoss.Outcome after = tuner.evaluate(examples);
      assertThat(before).isGreaterThan(4);
      assertThat(after.mean()).isLessThan(0.1);
      assertThat(after.correct()).isEqualTo(after.rows());
    }
  }

  @Test
  void shouldLearnABatchByHeartWhenTrainingAnAdapter() {
    // Given
    List<ChatExample> examples = examples(6, 2);
    try (FineTuner tuner = tuner(new LoraSettings(8, 16, 0.05, true), Precision.FP32, examples)) {
      // When
      for (int step = 0; step < 200; step++) {
        tuner.stepInPlace(step, 1e-2);
      }

      // Then
      assertThat(tuner.evaluate(examples).mean()).isLessThan(0.1);
    }
  }

  @Test
  void shouldStartFromTheBaseModelWhenAnAdapterIsFresh() {
    // Given
    List<ChatExample> examples = examples(4, 5);

    // When
    double base;
    double adapted;
    try (FineTuner full = tuner(null, Precision.FP32, examples);
        FineTuner lora = tuner(new LoraSettings(4, 8, 0, false), Precision.FP32, examples)) {
      base = full.evaluate(examples).mean();
      adapted = lora.evaluate(examples).mean();
    }

    // Then
    assertThat(adapted).isEqualTo(base);
  }

  @Test
  void shouldLeaveTheBaseAloneWhenTrainingAnAdapter() {
    // Given
    List<ChatExample> examples = examples(4, 5);
    ParameterBlock base = TinyModel.spread(config, 11, ScalarType.Float);
    float[] before = base.get("model.layers.0.mlp.up_proj.weight");
    FineTuner.Settings settings =
        new FineTuner.Settings(
            new LoraSettings(4, 8, 0.1, true),
            512,
            0,
            0.2,
            0,
            1,
            new AdamW.Settings(0.9, 0.95, 1e-8, 0.1),
            Precision.BF16,
            2,
            3);
    try (FineTuner tuner = new FineTuner(config, settings, base, examples)) {
      // When
      tuner.stepInPlace(0, 1e-2);

      // Then
      assertThat(base.get("model.layers.0.mlp.up_proj.weight")).isEqualTo(before);
    }
  }

  @Test
  void shouldEndWithTheSameBitsWhenStepsAreRepeatedFromASnapshot() {
    // Given
    List<ChatExample> examples = examples(40, 6);
    FineTuner.Settings settings =
        new FineTuner.Settings(
            new LoraSettings(4, 8, 0.1, true),
            128,
            0,
            0.2,
            0,
            1,
            new AdamW.Settings(0.9, 0.95, 1e-8, 0.1),
            Precision.BF16,
            2,
            3);

    // When
    float[] first = trained(settings, examples);
    float[] second = trained(settings, examples);

    // Then
    assertThat(second).isEqualTo(first);
  }

  private float[] trained(FineTuner.Settings settings, List<ChatExample> examples) {
    try (FineTuner tuner =
        new FineTuner(config, settings, TinyModel.spread(config, 11, ScalarType.Float), examples)) {
      long steps = tuner.steps(2);
      for (long step = 0; step < steps; step++) {
        tuner.stepInPlace(step, 5e-3);
      }
      return DeviceTensors.floats(tuner.trained().values());
    }
  }

  @Test
  void shouldStopWhenTheLossIsNoNumber() {
    // Given
    List<ChatExample> examples = examples(4, 5);
    ParameterBlock base = TinyModel.spread(config, 11, ScalarType.Float);
    float[] broken = base.get("model.norm.weight");
    Arrays.fill(broken, Float.NaN);
    base.setInPlace("model.norm.weight", broken);
    FineTuner.Settings settings =
        new FineTuner.Settings(
            null, 512, 0, 0, 0, 1, new AdamW.Settings(0.9, 0.95, 1e-8, 0), Precision.FP32, 2, 3);
    try (FineTuner tuner = new FineTuner(config, settings, base, examples)) {
      // When / Then
      assertThatThrownBy(() -> tuner.stepInPlace(0, 1e-3))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("step 0");
    }
  }

  @Test
  void shouldUseEveryExampleOnceWhenAnEpochIsPlanned() {
    // Given
    List<ChatExample> examples = examples(57, 8);

    // When
    List<List<ChatExample>> first = BatchPlan.epoch(examples, 96, 1, 1, 0);
    List<List<ChatExample>> again = BatchPlan.epoch(examples, 96, 1, 1, 0);
    List<List<ChatExample>> second = BatchPlan.epoch(examples, 96, 1, 1, 1);

    // Then
    assertThat(first.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(examples);
    assertThat(first).isEqualTo(again).isNotEqualTo(second);
    assertThat(first)
        .allSatisfy(
            batch -> assertThat(BatchPlan.batch(batch, 1).inputs().length).isLessThanOrEqualTo(96));
  }

  @Test
  void shouldGiveTheSameGradientsWhenABatchIsDividedAmongLanes() {
    // Given
    List<ChatExample> examples = examples(7, 8);
    double[] alone = gradients(1, examples);

    // When
    double[] shared = gradients(3, examples);

    // Then: only the order of sums differs
    assertThat(shared).hasSameSizeAs(alone);
    for (int i = 0; i < alone.length; i++) {
      assertThat(shared[i]).isCloseTo(alone[i], within(1e-12 + 1e-9 * Math.abs(alone[i])));
    }
  }

  /** Question tokens are left out before a step is divided, so both leave out the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldEndWithTheSameWeightsWhenAStepIsDoneInPasses(boolean lora) {
    // Given
    LoraSettings adapter = lora ? new LoraSettings(4, 8, 0, true) : null;
    double[] whole = afterSteps(adapter, 0);

    // When: about nine passes a step
    double[] divided = afterSteps(adapter, 40);

    // Then: only the order of sums differs
    assertThat(divided).isNotEqualTo(whole);
    for (int i = 0; i < whole.length; i++) {
      assertThat(divided[i]).isCloseTo(whole[i], within(1e-12 + 1e-6 * Math.abs(whole[i])));
    }
  }

  @Test
  void shouldEndWithTheSameBitsWhenAPassHoldsTheWholeStep() {
    assertThat(afterSteps(null, 384)).isEqualTo(afterSteps(null, 0));
  }

  private double[] afterSteps(@Nullable LoraSettings lora, int passTokens) {
    FineTuner.Settings settings =
        new FineTuner.Settings(
            lora,
            384,
            passTokens,
            0.2,
            0,
            1,
            new AdamW.Settings(0.9, 0.95, 1e-8, 0.1),
            Precision.FP64,
            2,
            3);
    try (FineTuner tuner =
        new FineTuner(
            config, settings, TinyModel.spread(config, 11, ScalarType.Double), examples(60, 8))) {
      for (int step = 0; step < 5; step++) {
        tuner.stepInPlace(step, 5e-3);
      }
      return DeviceTensors.doubles(tuner.trained().values());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 64, 200})
  void shouldKeepEveryPassWithinItsBoundWhenAStepIsDivided(int passTokens) {
    // Given
    List<ChatExample> batch = examples(33, 8);

    // When
    List<Share<ChatExample>> shares = BatchPlan.shares(batch, passTokens, 8, 3);

    // Then
    assertThat(shares.stream().flatMap(share -> share.examples().stream()))
        .containsExactlyInAnyOrderElementsOf(batch);
    assertThat(shares.stream().map(Share::number)).doesNotHaveDuplicates().isSorted();
    shares.stream()
        .collect(
            Collectors.groupingBy(
                share -> share.number() / 3,
                Collectors.summingInt(
                    share -> BatchPlan.batch(share.examples(), 8).inputs().length)))
        .forEach((pass, tokens) -> assertThat(tokens).isLessThanOrEqualTo(passTokens));
  }

  /** What the first AdamW mean holds after a step is a share of the summed gradient. */
  private double[] gradients(int lanes, List<ChatExample> examples) {
    FineTuner.Settings settings =
        new FineTuner.Settings(
            null,
            512,
            0,
            0,
            0,
            0,
            new AdamW.Settings(0.9, 0.95, 1e-8, 0),
            Precision.FP64,
            lanes,
            3);
    try (FineTuner tuner =
        new FineTuner(
            config, settings, TinyModel.spread(config, 11, ScalarType.Double), examples)) {
      tuner.stepInPlace(0, 1e-3);
      return DeviceTensors.doubles(tuner.optimizer().mean());
    }
  }

  @Test
  void shouldCountEveryTokenOnceWhenAnEpochIsTrained() {
    // Given
    List<ChatExample> examples = examples(57, 8);
    FineTuner.Settings settings =
        new FineTuner.Settings(
            null, 96, 0, 0.3, 0, 1, new AdamW.Settings(0.9, 0.95, 1e-8, 0), Precision.FP32, 2, 3);
    try (FineTuner tuner =
        new FineTuner(config, settings, TinyModel.spread(config, 11, ScalarType.Float), examples)) {
      // When
      long tokens = 0;
      for (long step = 0; step < tuner.steps(2); step++) {
        tokens += tuner.stepInPlace(step, 1e-4).tokens();
      }

      // Then
      assertThat(tokens)
          .isEqualTo(2 * examples.stream().mapToLong(example -> example.tokens().length).sum());
      assertThat(tuner.epochs(tuner.steps(2))).isEqualTo(2.0);
    }
  }

  @Test
  void shouldForgetLessWhenWeightsAreElastic() {
    // Given
    List<ChatExample> earlier = examples(6, 2);
    List<ChatExample> later = examples(6, 31);

    // When
    double without = lossOfEarlier(earlier, later, 0);
    double with = lossOfEarlier(earlier, later, 30);

    // Then
    assertThat(with).isLessThan(without / 2);
  }

  private double lossOfEarlier(
      List<ChatExample> earlier, List<ChatExample> later, double strength) {
    List<ChatExample> both = new ArrayList<>(earlier);
    try (FineTuner first = tuner(null, Precision.FP32, both)) {
      for (int step = 0; step < 100; step++) {
        first.stepInPlace(step, 5e-3);
      }
      try (FineTuner second = tuner(null, Precision.FP32, later)) {
        second.trained().values().copy_(first.trained().values());
        if (strength > 0) {
          second.consolidateInPlace(earlier, strength);
        }
        for (int step = 0; step < 30; step++) {
          second.stepInPlace(step, 2e-3);
        }
        return second.evaluate(earlier).mean();
      }
    }
  }

  @Test
  void shouldReplayShortAndLongExamplesAlikeWhenASampleIsTaken() {
    // Given
    List<ChatExample> earlier = examples(100, 8);

    // When
    List<ChatExample> sample = Replay.sample(earlier, 0.2, 5);

    // Then
    assertThat(sample)
        .hasSize(20)
        .doesNotHaveDuplicates()
        .isEqualTo(Replay.sample(earlier, 0.2, 5));
    assertThat(sample.stream().mapToInt(ChatExample::inputLength).average().orElseThrow())
        .isCloseTo(
            earlier.stream().mapToInt(ChatExample::inputLength).average().orElseThrow(),
            within(0.5));
    assertThat(Replay.sample(earlier, 0.001, 5)).hasSize(1);
    assertThat(Replay.sample(earlier, 0, 5)).isEmpty();
  }

  @Test
  void shouldReplayNoQuestionThatALaterVersionAnswers() {
    // Given: version 1 asks 1 and 2, version 2 asks 2 and 3, the new one asks 3 and 4
    ChatExample one = answered(1, 70);
    ChatExample three = answered(3, 70);

    // When
    List<List<ChatExample>> left =
        Replay.unanswered(
            List.of(List.of(one, answered(2, 70)), List.of(answered(2, 71), three)),
            List.of(answered(3, 72), answered(4, 72)));

    // Then: the answer to 2 is that of version 2
    assertThat(left).hasSize(2);
    assertThat(left.get(0)).containsExactly(one);
    assertThat(left.get(1)).hasSize(1);
    assertThat(left.get(1).get(0).tokens()).containsExactly(9, 2, 71);
  }

  private static ChatExample answered(int question, int answer) {
    return new ChatExample(
        1, new int[] {9, question, answer}, new float[] {0, 0, 1}, new boolean[3]);
  }

  /** The table of OpenAI's cookbook. */
  @ParameterizedTest
  @CsvSource({"10, 10, 1", "1, 25, 1", "33, 3, 1", "34, 3, 1", "9000, 2, 18", "30000, 1, 60"})
  void shouldChooseAsDocumentedWhenHyperparametersAreAuto(int examples, int epochs, int batch) {
    assertThat(AutoHyperparameters.epochs(examples)).isEqualTo(epochs);
    assertThat(AutoHyperparameters.batchSize(examples)).isEqualTo(batch);
  }

  /** 34 of 1,024 tokens are the fewest whose three passes are 100 steps. */
  @ParameterizedTest
  @CsvSource({
    "182, 9000, 1024, 12",
    "20, 400, 1024, 25",
    "34, 34816, 1024, 3",
    "33, 33792, 1024, 4",
    "1400, 101000, 1024, 3",
    "9000, 900000, 1800, 2",
    "182, 9000, 90, 3"
  })
  void shouldPassMoreOftenWhenThePassesAreFewerThanAHundredSteps(
      int examples, long tokens, int batchTokens, int epochs) {
    assertThat(AutoHyperparameters.epochs(examples, tokens, batchTokens)).isEqualTo(epochs);
  }

  @ParameterizedTest
  @CsvSource({"250, 25000, 1024, 0", "9000, 900000, 1800, 0", "100000, 20000000, 40000, 4096"})
  void shouldSizeAStepByItsExamplesWhenItIsAuto(int examples, long tokens, int batch, int pass) {
    assertThat(AutoHyperparameters.batchTokens(examples, tokens)).isEqualTo(batch);
    assertThat(AutoHyperparameters.passTokens(batch)).isEqualTo(pass);
  }

  @Test
  void shouldDropOnlyQuestionTokensWhenDropoutIsOn() {
    // Given
    ChatExample example = examples(1, 9).get(0);

    // When
    TokenBatch batch = BatchPlan.batch(BatchPlan.thinned(List.of(example), 0.9, 4), 1);

    // Then
    int supervised =
        (int)
            IntStream.range(0, batch.weights().length).filter(i -> batch.weights()[i] > 0).count();
    assertThat(supervised).isEqualTo(example.supervisedTokens());
    assertThat(Arrays.stream(batch.inputs()).filter(token -> token != 0).count())
        .isLessThan(example.inputLength());
  }
}
