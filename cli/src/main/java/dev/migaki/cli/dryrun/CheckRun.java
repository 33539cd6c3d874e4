package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cli.bus.DocumentFiles;
import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import dev.migaki.cli.terminal.Visible;
import dev.migaki.datasets.jsonl.ChatFault;
import dev.migaki.datasets.jsonl.ChatJsonlValidator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Validates JSONL line by line, a million lines as easily as one. */
public final class CheckRun {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final boolean json;
  private final Map<String, Integer> faults = new TreeMap<>();
  private long lines;
  private long files;

  /**
   * @param json one object per fault instead of text for people
   */
  public CheckRun(PrintStream out, boolean json) {
    this.out = out;
    this.json = json;
  }

  /**
   * Checks.
   *
   * @return whether there is no fault
   */
  public boolean run(List<Path> paths, InputStream standardInput) throws IOException {
    for (Path path : paths.isEmpty() ? List.of(Path.of("-")) : paths) {
      if (path.toString().equals("-")) {
        check("stdin", standardInput);
        continue;
      }
      boolean directory = Files.isDirectory(path);
      for (DocumentFile file : DocumentFiles.below(List.of(path))) {
        if (!directory || file.name().endsWith(".jsonl")) {
          try (InputStream in = Files.newInputStream(file.path())) {
            check(file.name(), in);
          }
        }
      }
    }
    return faults.isEmpty();
  }

  /** Lines, files and faults by name. */
  public String summary() {
    int total = faults.values().stream().mapToInt(Integer::intValue).sum();
    String kinds =
        faults.entrySet().stream()
            .map(fault -> fault.getKey() + " " + fault.getValue())
            .collect(Collectors.joining(", "));
    return "%d lines in %d %s: %s"
        .formatted(
            lines,
            files,
            files == 1 ? "file" : "files",
            total == 0
                ? "no faults"
                : total + (total == 1 ? " fault (" : " faults (") + kinds + ")");
  }

  private void check(String name, InputStream in) throws IOException {
    files++;
    ChatJsonlValidator validator = new ChatJsonlValidator();
    long before = lines;
    int number = 0;
    // one char per byte: a reader that decodes ahead could not name the line that is wrong
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String text = decoded(line.getBytes(StandardCharsets.ISO_8859_1));
      if (text == null) {
        lines++;
        report(name, new ChatFault(number, "data_type", "the line is not UTF-8; convert the file"));
        continue;
      }
      text = number == 1 && text.startsWith("\uFEFF") ? text.substring(1) : text;
      if (text.isBlank()) {
        continue;
      }
      lines++;
      for (ChatFault fault : validator.checkLine(text, number)) {
        report(name, fault);
      }
    }
    if (lines == before) {
      report(name, new ChatFault(1, "no_examples", "the file holds no examples"));
    }
  }

  private static @Nullable String decoded(byte[] line) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private void report(String name, ChatFault fault) throws IOException {
    faults.merge(fault.name(), 1, Integer::sum);
    print(name, fault);
  }

  private void print(String name, ChatFault fault) throws IOException {
    if (json) {
      out.println(
          JSON.writeValueAsString(
              JSON.createObjectNode()
                  .put("id", name)
                  .put("line", fault.line())
                  .put("error", fault.name())
                  .put("message", fault.message())));
    } else {
      out.println(
          Visible.name(name) + ":" + fault.line() + ": " + fault.name() + ": " + fault.message());
    }
  }
}
