package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.lm.training.Precision;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunJournalTest {

  @TempDir Path directory;

  private RunJournal journal(String course) throws IOException {
    return RunJournal.open(directory.resolve("run.json"), course);
  }

  @Test
  void shouldCountAValidationOnceWhenItIsDoneAgainAfterAKill() throws IOException {
    // Given: the best at step 10, then one that is worse; the process dies before its checkpoint
    RunJournal before = journal("course");
    before.start(Precision.FP32, 100);
    assertThat(before.validated(10, 2)).isTrue();
    assertThat(before.validated(20, 3)).isFalse();

    // When
    RunJournal after = journal("course");

    // Then
    assertThat(after.validated(10, 2)).as("the best again").isTrue();
    assertThat(after.validated(20, 3)).isFalse();
    assertThat(after.validationsSinceBest()).isEqualTo(1);
    assertThat(after.bestValidationStep()).isEqualTo(10);
  }

  @Test
  void shouldBeginAnewWhenTheJournalIsOfAnotherCourse() throws IOException {
    // Given
    RunJournal before = journal("course");
    before.start(Precision.BF16, 100);
    before.validated(10, 2);

    // When
    RunJournal other = journal("other");

    // Then
    assertThat(other.started()).isFalse();
    assertThat(other.totalSteps(0)).isZero();
    assertThat(other.bestValidationLoss()).isInfinite();
  }
}
