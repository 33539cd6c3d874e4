package dev.migaki.datasets.sealing;

import static java.util.concurrent.TimeUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.figures.SealingFigures;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seals in processes of their own, with little memory or a sudden end. */
class SealingProcessTest {
  @TempDir Path temporary;

  @Test
  void shouldSealInASmallHeapWhenTrainingLinesAreMany() throws Exception {
    // When: 25,653 training lines; with all of them on the heap 100 MB were too few
    Process process = seal(3000, "-Xmx56m", temporary);

    // Then
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).contains("3,000 examples", "train: 25,653 lines");
    assertThat(left()).isZero();
  }

  @Test
  void shouldLeaveNoTextOnTheDiskWhenKilledInTheMiddle() throws Exception {
    // Given
    Process process = seal(3000, "-Xmx200m", temporary);
    try (BufferedReader output = process.inputReader()) {
      assertThat(output.lines().anyMatch(line -> line.contains("s: held-out"))).isTrue();
    }

    // When
    process.destroyForcibly();

    // Then
    assertThat(process.waitFor(1, MINUTES)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(left()).isZero();
  }

  private static Process seal(int examples, String heap, Path temporary) throws IOException {
    Path root = Path.of("../..").toAbsolutePath().normalize();
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            heap,
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            SealingFigures.class.getName(),
            Integer.toString(examples),
            temporary.toString())
        .directory(root.toFile())
        .redirectErrorStream(true)
        .start();
  }

  private long left() throws IOException {
    try (Stream<Path> files = Files.list(temporary)) {
      return files.count();
    }
  }
}
