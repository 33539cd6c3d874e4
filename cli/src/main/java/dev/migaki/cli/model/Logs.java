package dev.migaki.cli.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a child process wrote before it ended. */
final class Logs {
  private static final int LINES = 5;

  private Logs() {}

  /** The log's last lines as the rest of a message; empty when there are none. */
  static String end(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    String text = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return "";
    }
    List<String> lines = text.lines().toList();
    return "; its last words: "
        + String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
