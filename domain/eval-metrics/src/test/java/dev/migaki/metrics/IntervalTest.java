package dev.migaki.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void shouldGiveTheSameIntervalForTheSameSeed() {
    double[] scores = {0, 1, 1, 0, 1};

    assertThat(Interval.of(scores, 7)).isEqualTo(Interval.of(scores, 7));
  }

  @Test
  void shouldHaveNoWidthWhenAllScoresAgree() {
    assertThat(Interval.of(new double[] {0.5, 0.5, 0.5}, 1)).isEqualTo(new Interval(0.5, 0.5, 0.5));
  }

  @Test
  void shouldCoverTheTrueMeanAboutAsOftenAsItPromises() {
    // Given 400 samples of 60 coin flips with p = 0.7
    SplittableRandom random = new SplittableRandom(11);
    int covered = 0;

    // When
    for (int sample = 0; sample < 400; sample++) {
      double[] flips = random.doubles(60).map(x -> x < 0.7 ? 1 : 0).toArray();
      Interval interval = Interval.of(flips, sample);
      covered += interval.low() <= 0.7 && 0.7 <= interval.high() ? 1 : 0;
    }

    // Then
    assertThat(covered / 400.0).isCloseTo(0.95, offset(0.04));
  }

  @Test
  void shouldBeAboveOnlyWithoutOverlap() {
    assertThat(new Interval(0.8, 0.7, 0.9).isAbove(new Interval(0.5, 0.4, 0.69))).isTrue();
    assertThat(new Interval(0.8, 0.7, 0.9).isAbove(new Interval(0.5, 0.4, 0.7))).isFalse();
  }
}
