package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Appends one JSON object per line, so that a service can follow the run by reading the file's end.
 */
final class ProgressFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;

  ProgressFile(Path file) throws IOException {
    this.file = file;
    if (file.toAbsolutePath().getParent() != null) {
      Files.createDirectories(file.toAbsolutePath().getParent());
    }
  }

  /** An empty object. */
  static ObjectNode line() {
    return JSON.createObjectNode();
  }

  /** A line to fill and {@link #append}. */
  static ObjectNode event(String name) {
    return JSON.createObjectNode().put("event", name);
  }

  /** Appends a line in a single write, so that readers never see half of one for long. */
  void append(ObjectNode line) throws IOException {
    Files.write(
        file,
        (line + "\n").getBytes(StandardCharsets.UTF_8),
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.APPEND);
  }

  /** Four decimals are enough for people and plots. */
  static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }
}
