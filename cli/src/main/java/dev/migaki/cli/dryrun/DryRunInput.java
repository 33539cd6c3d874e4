package dev.migaki.cli.dryrun;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.terminal.Visible;
import dev.migaki.documents.parsing.ParseOutcome;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One thing to look at: a file, one out of an archive, or a line of JSONL.
 *
 * @param id what the result is labelled with: the line's own id, or the file's name as a JSON
 *     string
 */
public sealed interface DryRunInput {
  JsonNode id();

  /** The id as a report names it, on one line. */
  default String label() {
    return Visible.name(id().asText());
  }

  /** A whole file. */
  record Document(JsonNode id, String filename, byte[] bytes) implements DryRunInput {
    @Override
    public String toString() {
      return "Document[filename=" + filename + "]";
    }
  }

  /**
   * A file that was read already.
   *
   * @param outcome a document or a reason, no archive
   */
  record Opened(JsonNode id, String filename, ParseOutcome outcome) implements DryRunInput {
    @Override
    public String toString() {
      return "Opened[filename=" + filename + "]";
    }
  }

  /**
   * A line {@code {"id": …, "text": …}}.
   *
   * @param language what the line declared, null if nothing
   */
  record Line(JsonNode id, String text, @Nullable String language) implements DryRunInput {
    @Override
    public String toString() {
      return "Line[id=" + id + "]";
    }
  }

  /** A line that is not what it should be; {@code problem} never quotes it. */
  record Broken(JsonNode id, long lineNumber, String problem) implements DryRunInput {}

  /** The bytes of a line's text, for readers that want a file. */
  static byte[] bytes(Line line) {
    return line.text().getBytes(StandardCharsets.UTF_8);
  }
}
