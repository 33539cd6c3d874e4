package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every {@code ./migaki} line of the documentation is a command that exists as written. */
final class DocumentedCommandsTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final Pattern COMMAND = Pattern.compile("(?:^|\\| )\\./migaki ([^|]+)");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Pattern SAMPLE = Pattern.compile("samples/\\S+");

  static Stream<String> commands() throws IOException {
    List<String> commands = new ArrayList<>();
    for (String page :
        List.of(
            "README.md",
            "docs/02-quickstart.md",
            "docs/06-model-command.md",
            "docs/ja/README.md",
            "docs/ja/02-quickstart.md")) {
      for (String line : shellLines(page)) {
        Matcher matcher = COMMAND.matcher(line);
        while (matcher.find()) {
          commands.add(matcher.group(1).strip());
        }
      }
    }
    return commands.stream();
  }

  /** What a page has its reader type, without the comments. */
  private static List<String> shellLines(String page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(ROOT.resolve(page))) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh") || line.equals("```bash");
      } else if (shell) {
        lines.add(line.replaceAll("\\s+# .*", ""));
      }
    }
    return lines;
  }

  @Test
  void shouldHaveTheReaderTypeTheSameWhenThePageIsJapanese() throws IOException {
    assertThat(shellLines("docs/ja/02-quickstart.md"))
        .isNotEmpty()
        .isEqualTo(shellLines("docs/02-quickstart.md"));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void shouldBeUnderstoodWhenTypedAsDocumented(String command) {
    // Given
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(command);
    while (matcher.find()) {
      words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    // When / Then
    assertThatCode(() -> Migaki.commandLine().parseArgs(words.toArray(String[]::new)))
        .doesNotThrowAnyException();
    SAMPLE
        .matcher(command)
        .results()
        .forEach(sample -> assertThat(ROOT.resolve(sample.group())).exists());
  }
}
