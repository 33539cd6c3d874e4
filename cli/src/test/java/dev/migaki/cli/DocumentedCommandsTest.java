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
    List<Path> pages =
        Stream.of("docs/02-quickstart.md", "docs/06-model-command.md", "README.md")
            .map(ROOT::resolve)
            .filter(Files::exists)
            .toList();
    for (Path page : pages) {
      boolean shell = false;
      for (String line : Files.readAllLines(page)) {
        if (line.startsWith("```")) {
          shell = line.equals("```sh") || line.equals("```bash");
        } else if (shell) {
          Matcher matcher = COMMAND.matcher(line.replaceAll("\\s+# .*", ""));
          while (matcher.find()) {
            commands.add(matcher.group(1).strip());
          }
        }
      }
    }
    return commands.stream();
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
