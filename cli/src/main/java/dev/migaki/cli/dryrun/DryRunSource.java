package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.migaki.cli.bus.DocumentFiles;
import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a dry run's inputs come from: files, directories, or standard input. JSONL whose first line
 * has a {@code text} is read line by line, a million lines as easily as one; everything else is a
 * document of its own.
 */
public final class DryRunSource {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Enough to see whether the first line is an object with a text; a longer one is not JSONL. */
  private static final int PEEK_BYTES = 1 << 20;

  private DryRunSource() {}

  /** Receives inputs one after the other; may block to slow the reading down. */
  @FunctionalInterface
  public interface Receiver {
    void accept(DryRunInput input) throws IOException;
  }

  /**
   * Reads files and directories in order, or standard input when none is named or one is {@code -}.
   */
  public static void read(
      List<Path> paths, InputStream standardInput, InputReader reader, Receiver receiver)
      throws IOException {
    List<Path> wanted = paths.isEmpty() ? List.of(Path.of("-")) : paths;
    for (Path path : wanted) {
      if (path.toString().equals("-")) {
        readStream(standardInput, "stdin", reader, receiver);
        continue;
      }
      for (DocumentFile file : DocumentFiles.below(List.of(path))) {
        try (InputStream in = Files.newInputStream(file.path())) {
          readStream(in, file.name(), reader, receiver);
        }
      }
    }
  }

  private static void readStream(
      InputStream stream, String name, InputReader reader, Receiver receiver) throws IOException {
    BufferedInputStream in = new BufferedInputStream(stream, PEEK_BYTES);
    if (startsWithTextLine(in)) {
      readLines(in, reader.maxBytes(), receiver);
    } else {
      receiver.accept(new DryRunInput.Document(TextNode.valueOf(name), name, reader.bytes(in)));
    }
  }

  private static boolean startsWithTextLine(BufferedInputStream in) throws IOException {
    in.mark(PEEK_BYTES);
    byte[] head = in.readNBytes(PEEK_BYTES - 1);
    in.reset();
    String text = new String(head, StandardCharsets.UTF_8).stripLeading();
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1).stripLeading();
    }
    int end = text.indexOf('\n');
    String first = end < 0 ? text : text.substring(0, end);
    if (!first.startsWith("{")) {
      return false;
    }
    try {
      JsonNode node = JSON.readTree(first);
      return node.path("text").isTextual();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static void readLines(InputStream in, int maxBytes, Receiver receiver)
      throws IOException {
    BoundedLines lines = new BoundedLines(in, maxBytes);
    long number = 0;
    for (BoundedLines.Line line = lines.next(); line != null; line = lines.next()) {
      number++;
      if (line.text() == null) {
        String problem = "the line is longer than " + maxBytes + " bytes";
        receiver.accept(new DryRunInput.Broken(NullNode.getInstance(), number, problem));
        continue;
      }
      String trimmed = line.text().strip();
      if (trimmed.startsWith("\uFEFF")) {
        trimmed = trimmed.substring(1);
      }
      if (!trimmed.isEmpty()) {
        receiver.accept(line(trimmed, number));
      }
    }
  }

  private static DryRunInput line(String line, long number) {
    try {
      JsonNode node = JSON.readTree(line);
      JsonNode id = node.hasNonNull("id") ? node.get("id") : NullNode.getInstance();
      if (!node.path("text").isTextual()) {
        return new DryRunInput.Broken(id, number, "the line has no \"text\"");
      }
      String language = node.path("language").isTextual() ? node.path("language").asText() : null;
      return new DryRunInput.Line(id, node.path("text").asText(), language);
    } catch (JsonProcessingException e) {
      return new DryRunInput.Broken(NullNode.getInstance(), number, "the line is not JSON");
    }
  }
}
