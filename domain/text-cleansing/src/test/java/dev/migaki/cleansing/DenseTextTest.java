package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts of nothing but cues, names or delimiters cost as much per character as they grow. */
class DenseTextTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());
  private static final int GROWTH = 6;

  /**
   * Six times the text may take ten times the processor time and half a second: linear code stays
   * far below, quadratic code takes thirty-six times.
   */
  @ParameterizedTest
  @CsvSource({"a|,30000", "a@a.,60000", "http://,50000", "'John ',100000", "田中様,15000"})
  void shouldTakeTimeInProportionToLengthWhenOnePieceRepeats(String piece, int length) {
    // Given
    String small = piece.repeat(length / piece.length());
    String large = small.repeat(GROWTH);
    CLEANSER.redact(small);

    // When
    double secondsSmall = processorSeconds(small);
    double secondsLarge = processorSeconds(large);

    // Then
    assertThat(secondsLarge).isLessThan(14 * secondsSmall + 1);
  }

  private static double processorSeconds(String text) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    CLEANSER.redact(text);
    long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
    return nanos / (double) TimeUnit.SECONDS.toNanos(1);
  }
}
