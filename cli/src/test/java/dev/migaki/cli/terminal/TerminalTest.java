package dev.migaki.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TerminalTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);

  @Test
  void shouldCountTwoColumnsWhenCharacterIsWide() {
    // Given / When / Then
    assertThat(Width.of("返品は30日")).isEqualTo(10);
    assertThat(Width.of("e\u0301")).isEqualTo(1);
  }

  @Test
  void shouldCutWithoutHalvingWideCharactersWhenTextIsTooLong() {
    // Given
    String text = "返品はいつまで";
    // When
    String cut = Width.cut(text, 8);
    // Then
    assertThat(cut).isEqualTo("返品は…");
    assertThat(Width.cut(text, 14)).isEqualTo(text);
  }

  @Test
  void shouldFillBarInEighthsWhenShareIsBetweenColumns() {
    // Given / When / Then
    assertThat(Bar.of(0, 10, 4)).isEqualTo("░░░░");
    assertThat(Bar.of(10, 10, 4)).isEqualTo("████");
    assertThat(Bar.of(1, 2, 1)).isEqualTo("▌");
    assertThat(Bar.of(12, 10, 2)).isEqualTo("██");
    assertThat(Bar.of(1, 0, 2)).isEqualTo("░░");
  }

  @Test
  void shouldFallFromTopToBottomWhenLossFalls() {
    // Given
    List<Double> losses = List.of(4.0, 3.0, 2.0, 1.0);
    // When
    String line = Sparkline.of(losses, 12);
    // Then
    assertThat(line).hasSize(4).startsWith("█").endsWith("▁");
    assertThat(Sparkline.of(List.of(1.0), 12)).isEmpty();
  }

  @Test
  void shouldAlignColumnsWhenCellsAreWide() {
    // Given
    TextTable table = TextTable.ofNumbers().row("", "base").row("正答", "7").row("F1", "12");
    // When
    List<String> lines = table.lines();
    // Then
    assertThat(lines).containsExactly("        base", "  正答     7", "  F1      12");
  }

  @Test
  void shouldPrintNewsOnceWhenThereIsNoTerminal() {
    // Given
    Screen screen = new Screen(out, false, 0);
    // When
    screen.plain("ingest", "[1 s] ", "3 documents");
    screen.plain("ingest", "[2 s] ", "3 documents");
    screen.plain("ingest", "[3 s] ", "4 documents");
    screen.block(List.of("never shown"));
    // Then
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("[1 s] 3 documents%n[3 s] 4 documents%n".formatted());
  }

  @Test
  void shouldDrawBlockAgainBelowTheLineWhenLineIsPrinted() {
    // Given
    Screen screen = new Screen(out, true, 80);
    screen.block(List.of("a", "b"));
    bytes.reset();
    // When
    screen.line("news");
    // Then
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\u001b[2A\u001b[0Jnews%na%nb%n".formatted());
  }
}
