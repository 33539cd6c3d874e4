package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.training.Precision;
import dev.migaki.lm.training.TrainingDivergedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossWatchTest {

  private static final int VOCABULARY = 1000;

  @TempDir Path directory;

  private LossWatch watch() throws IOException {
    RunJournal journal = RunJournal.open(directory.resolve("run.json"), "course");
    if (!journal.started()) {
      journal.start(Precision.FP32, 100);
    }
    return new LossWatch(journal, VOCABULARY);
  }

  private static void report(LossWatch watch, double... losses) throws IOException {
    for (int i = 0; i < losses.length; i++) {
      watch.reported(i + 1, losses[i]);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // random weights at first, and a rise in the warm-up
        "7 8 9 9 8 7.5 7 6 5 4 3 2 1",
        // a few steps far off, which the run recovers from
        "3 2 20 25 20 2 2 2 2 2 2 2 2",
        // an adapter that goes on: far above its first loss, but far from guessing
        "0.1 0.5 2 3 3 3 3 3 3 3 3 3 3",
        // above guessing from the first step on
        "7.9 9 10 11 12 12 12 12 12 12 12 12 12"
      })
  void shouldLetARunGoOnThatMayRecover(String losses) throws IOException {
    LossWatch watch = watch();

    assertThatCode(() -> report(watch, numbers(losses))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2.5 2 4 8 10 11 11 12 12 12 12 12 12",
        "0.7 9 9 9 9 9 9 9 9 9",
        "7 30 56 70 60 61 63 56 70 61"
      })
  void shouldEndARunThatIsFarAboveItsFirstLossAndAboveGuessing(String losses) throws IOException {
    LossWatch watch = watch();

    assertThatThrownBy(() -> report(watch, numbers(losses)))
        .isInstanceOf(TrainingDivergedException.class)
        .hasMessageContaining("worse than guessing among 1,000 tokens (6.91)");
  }

  @Test
  void shouldKnowTheFirstLossWhenTheRunIsStartedAgain() throws IOException {
    // Given
    report(watch(), 2.5, 8, 12);

    // When / Then
    LossWatch again = watch();
    assertThatCode(() -> report(again, 12, 12, 12, 12, 12, 12, 12)).doesNotThrowAnyException();
    assertThatThrownBy(() -> again.reported(8, 12)).hasMessageContaining("from 2.50 to 12.00");
  }

  private static double[] numbers(String losses) {
    return Arrays.stream(losses.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
