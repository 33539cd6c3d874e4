package dev.migaki.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class VisibleTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream out = Visible.stream(bytes, true);

  @Test
  void shouldPrintWhatATerminalObeysAsText() {
    // When
    out.println("a\u001b[2J\u009b1A\rb\u0007\u007f\ttab");
    out.printf("%s%c%n", "\u001b]0;title", '\b');
    out.append("\u001b").print((Object) "\u001b");

    // Then
    assertThat(printed())
        .isEqualTo(
            "a\\u001b[2J\\u009b1A\\u000db\\u0007\\u007f\ttab\n"
                + "\\u001b]0;title\\u0008\n"
                + "\\u001b\\u001b");
  }

  @Test
  void shouldKeepJsonTheSame() throws IOException {
    // Given
    ObjectMapper json = new ObjectMapper();
    String text = "返品\u001b\u0085\u007f\\ \"😀\"\n";

    // When
    out.print(json.writeValueAsString(text));

    // Then
    assertThat(printed().chars()).noneMatch(Character::isISOControl);
    assertThat(json.readValue(printed(), String.class)).isEqualTo(text);
  }

  @Test
  void shouldKeepColoursAndMoveTheCursorForTheScreenItself() {
    // Given
    Screen screen = new Screen(out, true, 80);

    // When
    screen.block(List.of("one"));
    screen.block(List.of("\u001b[32mtwo\u001b[0m \u001b[8mhidden"));

    // Then
    assertThat(printed())
        .isEqualTo("one\n\u001b[1A\u001b[0J\u001b[32mtwo\u001b[0m \\u001b[8mhidden\n");
  }

  @Test
  void shouldKeepANameOnItsLine() {
    // When
    List<String> lines = TextTable.ofText().row("a\n== b\t.txt", "x").row("b", "y").lines();

    // Then
    assertThat(lines).containsExactly("  a\\u000a== b\\u0009.txt  x", "  b" + " ".repeat(22) + "y");
  }

  private String printed() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
