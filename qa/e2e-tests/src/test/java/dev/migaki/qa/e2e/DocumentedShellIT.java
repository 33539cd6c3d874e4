package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The shell blocks of README and quick start, typed line by line into a shell, in the order of the
 * page. Between the lines the test does what a reader does: it waits until a model answers.
 */
final class DocumentedShellIT {
  /** The two commands of the README: whoever runs this test runs them anyway. */
  private static final Set<String> OWN_CHECKS = Set.of("./migaki demo", "mvn verify");

  private static final Pattern NEEDS_A_MODEL =
      Pattern.compile("\\./migaki (ask|report|rollback|erase) .*");
  private static final Pattern ANSWERING = Pattern.compile("answers with (ft:\\S+)");
  private static final Pattern REFUSED = Pattern.compile("verdict: (hold|retrain|prompt-instead)");
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final Duration WATCHED = Duration.ofSeconds(10);

  @TempDir private Path directory;
  private String answering = "";

  private record Ending(int status, String output) {}

  @AfterEach
  void stopStack() {
    shell("./migaki down", PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/02-quickstart.md"})
  void shouldDoWhatThePageSaysWhenItsShellLinesAreTyped(String page) throws IOException {
    // Given
    // the shipped recipe, as a reader has it: a shorter training teaches the samples to no model
    List<String> lines = shellLines(TestStack.home().resolve(page));
    assertThat(lines).hasSizeGreaterThan(5);
    boolean awaitsModel = false;
    for (String line : lines) {
      // When
      if (awaitsModel && NEEDS_A_MODEL.matcher(line).matches()) {
        awaitNextModel();
        awaitsModel = false;
      }
      awaitsModel |= line.startsWith("./migaki submit ");
      System.out.println(page + ": " + line);
      Ending ending =
          line.endsWith("--watch") ? shell(line, WATCHED) : shell(withReaders(line), PATIENCE);
      // Then
      assertThat(ending.status()).as(line + "\n" + ending.output()).isZero();
    }
  }

  private static List<String> shellLines(Path page) throws IOException {
    List<String> lines = new ArrayList<>();
    boolean shell = false;
    for (String line : Files.readAllLines(page)) {
      if (line.startsWith("```")) {
        shell = line.equals("```sh") || line.equals("```bash");
      } else if (shell) {
        String command = line.replaceAll("(^|\\s+)# .*", "").strip();
        if (!command.isEmpty() && !OWN_CHECKS.contains(command)) {
          lines.add(command);
        }
      }
    }
    return lines;
  }

  /** What only the reader has: documents of a company, a model downloaded from elsewhere. */
  private String withReaders(String line) throws IOException {
    Map<String, String> readers =
        Map.of(
            "path/to/folder",
            unknownCompany().toString(),
            "models/SmolLM2-135M-Instruct",
            "models/quick-start",
            "models/Qwen2.5-0.5B-Instruct",
            "models/quick-start",
            "migaki-preview",
            directory.resolve("preview").toString(),
            "preview samples/first",
            "preview samples/first --out " + directory.resolve("preview"));
    String typed = line;
    for (Map.Entry<String, String> reader : readers.entrySet()) {
      typed = typed.replace(reader.getKey(), reader.getValue());
    }
    return typed;
  }

  private Path unknownCompany() throws IOException {
    Path folder = Files.createDirectories(directory.resolve("branches"));
    for (Branches.Page page : Branches.pages(12)) {
      Files.writeString(folder.resolve(page.name()), page.text());
    }
    Files.writeString(
        folder.resolve("prices.csv"),
        "question,answer\nWhat does a spare key cost?,A spare key costs 19 dollars.\n");
    Files.write(folder.resolve("scan.bin"), new byte[] {0, 1, 2, 3});
    return folder;
  }

  private void awaitNextModel() {
    Instant end = Instant.now().plus(PATIENCE);
    while (Instant.now().isBefore(end)) {
      String status = shell("./migaki status", PATIENCE).output();
      // said before the next model of the page is awaited, or after it was refused: both are final
      assertThat(status).doesNotContainPattern(REFUSED);
      Matcher model = ANSWERING.matcher(status);
      if (model.find() && !model.group(1).equals(answering)) {
        answering = model.group(1);
        return;
      }
      pause();
    }
    fail("no new model answered within " + PATIENCE);
  }

  private static void pause() {
    try {
      // each look starts a JVM, which takes its share of the training's time
      TimeUnit.SECONDS.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** A line that does not end by itself is ended after {@code patience}, as with Ctrl-C. */
  private Ending shell(String line, Duration patience) {
    Path output = directory.resolve("output.txt");
    ProcessBuilder builder =
        new ProcessBuilder(
            "timeout",
            "--preserve-status",
            "--signal=INT",
            Long.toString(patience.toSeconds()),
            "bash",
            "-c",
            line);
    builder.directory(TestStack.home().toFile());
    builder.environment().put("MIGAKI_DATA", directory.resolve("data").toString());
    builder.environment().put("MIGAKI_BUILD", "no");
    builder.redirectErrorStream(true);
    builder.redirectOutput(output.toFile());
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      int status = process.waitFor();
      // 130: ended by the signal that Ctrl-C sends
      boolean watched = patience.equals(WATCHED) && status == 130;
      return new Ending(watched ? 0 : status, Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
