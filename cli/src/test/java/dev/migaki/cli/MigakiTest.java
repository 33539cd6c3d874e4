package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class MigakiTest {
  private final StringWriter err = new StringWriter();

  @TempDir private Path directory;

  @Test
  void shouldNameEveryCommandWhenAskedForHelp() {
    // Given
    CommandLine line = Migaki.commandLine();
    // When
    String usage = line.getUsageMessage();
    // Then
    assertThat(usage)
        .contains(
            "demo",
            "up",
            "down",
            "submit",
            "status",
            "ask",
            "report",
            "rollback",
            "erase",
            "parse",
            "redact",
            "examples",
            "model");
  }

  @Test
  void shouldSayHowToStartAStackWhenNoneRuns() {
    // Given
    String data = directory.toString();
    // When
    int status = execute("ask", "--data", data, "faq", "How?");
    // Then
    assertThat(status).isEqualTo(Migaki.FAILED);
    assertThat(err.toString()).contains("no stack runs on").contains("migaki up");
  }

  @Test
  void shouldNameTheFileWhenItDoesNotExist() {
    // Given
    String missing = directory.resolve("missing.pdf").toString();
    // When
    int status = execute("submit", missing, "--dataset", "faq", "--data", directory.toString());
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
    assertThat(err.toString()).contains("missing.pdf");
  }

  @Test
  void shouldRefuseWhenAnOptionIsUnknown() {
    // Given / When
    int status = execute("up", "--no-such-option");
    // Then
    assertThat(status).isEqualTo(Migaki.USAGE);
  }

  private int execute(String... arguments) {
    return Migaki.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }
}
