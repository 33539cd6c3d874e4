package dev.migaki.lm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainerTest {

  @TempDir Path directory;
  private final ModelConfig config = TinyModel.config(64);

  @BeforeAll
  static void oneThread() {
    torch.set_num_threads(1);
  }

  /**
   * Documents with a rule: every token is its predecessor plus a number that the document keeps.
   */
  private static List<int[]> documents(int count) {
    Random random = new Random(3);
    return IntStream.range(0, count)
        .mapToObj(
            index -> {
              int step = 1 + random.nextInt(4);
              int start = random.nextInt(64);
              return IntStream.range(0, 6 + random.nextInt(30))
                  .map(i -> (start + i * step) % 64)
                  .toArray();
            })
        .toList();
  }

  private Pretrainer trainer(ParameterBlock block, boolean orthogonal) {
    return new Pretrainer(
        config,
        new Pretrainer.Settings(
            16,
            8,
            4,
            1f,
            1,
            new AdamW.Settings(0.9, 0.95, 1e-8, 0.1, orthogonal),
            Precision.FP32,
            7),
        block,
        documents(60));
  }

  private static float[] values(ParameterBlock block) {
    return DeviceTensors.floats(block.values());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldLearnARuleWhenTrained(boolean orthogonal) {
    // Given
    try (Pretrainer trainer =
        trainer(LlamaCheckpoint.initialise(config, 1, ScalarType.Float), orthogonal)) {
      double before = trainer.evaluate(documents(20)).mean();

      // When
      for (int i = 0; i < 150; i++) {
        trainer.stepInPlace(1e-2);
      }

      // Then
      assertThat(before).isGreaterThan(4);
      assertThat(trainer.evaluate(documents(20)).mean()).isLessThan(1.6);
    }
  }

  @Test
  void shouldEndWithTheSameBitsWhenResumedFromACheckpoint() throws IOException {
    // Given
    Path checkpoint = directory.resolve("checkpoint");
    ParameterBlock undisturbed = LlamaCheckpoint.initialise(config, 1, ScalarType.Float);
    ParameterBlock resumed = LlamaCheckpoint.initialise(config, 99, ScalarType.Float);
    try (Pretrainer first = trainer(undisturbed, true);
        Pretrainer second = trainer(resumed, true)) {
      for (int i = 0; i < 9; i++) {
        first.stepInPlace(1e-2);
      }
      OptimizerState.save(
          checkpoint, 5, new OptimizerState.Progress(9, 1, 2), undisturbed, first.optimizer());

      // When
      second.resumeInPlace(
          OptimizerState.restoreInPlace(checkpoint, 5, resumed, second.optimizer())
              .orElseThrow()
              .step());
      for (int i = 0; i < 12; i++) {
        first.stepInPlace(1e-2);
        second.stepInPlace(1e-2);
      }

      // Then
      assertThat(values(resumed)).isEqualTo(values(undisturbed));
    }
  }

  @Test
  void shouldRefuseWhenTheCheckpointIsAnotherJobsOrDamaged() throws IOException {
    // Given
    Path checkpoint = directory.resolve("checkpoint");
    ParameterBlock block = LlamaCheckpoint.initialise(config, 1, ScalarType.Float);
    try (Pretrainer trainer = trainer(block, false)) {
      OptimizerState.save(
          checkpoint, 5, new OptimizerState.Progress(9, 1, 2), block, trainer.optimizer());
      Path cut = directory.resolve("cut");
      byte[] bytes = Files.readAllBytes(checkpoint);
      Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));

      // When / Then
      assertThatThrownBy(
              () -> OptimizerState.restoreInPlace(checkpoint, 6, block, trainer.optimizer()))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("another job");
      assertThatThrownBy(() -> OptimizerState.restoreInPlace(cut, 5, block, trainer.optimizer()))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("cut short");
      assertThat(
              OptimizerState.restoreInPlace(
                  directory.resolve("none"), 5, block, trainer.optimizer()))
          .isEmpty();
    }
  }

  @Test
  void shouldNeverCutShortDocumentsWhenPacking() {
    // Given
    List<int[]> documents =
        documents(60).stream().filter(document -> document.length <= 17).toList();

    // When
    TokenRows rows = TokenRows.pack(documents, 16, 1);

    // Then
    long tokens =
        IntStream.range(0, rows.size())
            .mapToLong(
                i ->
                    java.util.Arrays.stream(rows.row(i))
                        .filter(id -> id != TokenRows.PADDING)
                        .count())
            .sum();
    assertThat(tokens).isEqualTo(documents.stream().mapToLong(document -> document.length).sum());
  }

  @Test
  void shouldRiseAndFallWhenTheScheduleIsCosine() {
    // Given
    LearningRateSchedule schedule =
        new LearningRateSchedule(1.0, 0.1, LearningRateSchedule.Course.COSINE, 0.1);

    // When / Then
    assertThat(schedule.at(0)).isPositive().isLessThan(0.1);
    assertThat(schedule.at(0.05)).isEqualTo(0.5);
    assertThat(schedule.at(0.1)).isEqualTo(1.0);
    assertThat(schedule.at(0.55)).isCloseTo(0.55, org.assertj.core.api.Assertions.within(1e-9));
    assertThat(schedule.at(1)).isCloseTo(0.1, org.assertj.core.api.Assertions.within(1e-9));
  }
}
