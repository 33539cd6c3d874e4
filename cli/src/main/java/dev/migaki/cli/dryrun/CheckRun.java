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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

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
    int number = 0;
    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      number++;
      String text = number == 1 && line.startsWith("\uFEFF") ? line.substring(1) : line;
      if (text.isBlank()) {
        continue;
      }
      lines++;
      for (ChatFault fault : ChatJsonlValidator.checkLine(text, number)) {
        faults.merge(fault.name(), 1, Integer::sum);
        print(name, fault);
      }
    }
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
