package dev.migaki.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.terminal.Visible;
import java.util.ArrayList;
import java.util.List;

/** What happened to one document, as a person reads it. */
public final class DocumentStory {

  private DocumentStory() {}

  /**
   * @param history answer of {@code /v1/datasets/{dataset}/documents/{id}}
   * @param examples answer of {@code /v1/datasets/{dataset}/examples?document={id}}
   */
  public static List<String> lines(JsonNode history, JsonNode examples) {
    List<String> lines = new ArrayList<>();
    JsonNode document = history.path("document");
    lines.add(Visible.name(document.path("id").asText()) + ": " + document.path("status").asText());
    if (history.hasNonNull("contents")) {
      lines.add(contents(history.path("contents")));
    }
    for (JsonNode version : history.path("history")) {
      lines.add(version(version));
      for (JsonNode warning : version.path("warnings")) {
        lines.add("    left out: " + warning.asText());
      }
    }
    long total = examples.path("total").asLong();
    lines.add(total + (total == 1 ? " example" : " examples"));
    for (JsonNode example : examples.path("examples")) {
      lines.add("  " + question(example));
    }
    for (JsonNode receipt : history.path("receipts")) {
      receipt(receipt, lines);
    }
    return lines;
  }

  private static String contents(JsonNode contents) {
    List<String> counts = new ArrayList<>();
    contents
        .path("byStatus")
        .properties()
        .forEach(status -> counts.add(status.getValue().asLong() + " " + status.getKey()));
    return "  an archive of "
        + contents.path("files").asInt()
        + " files, now documents: "
        + String.join(", ", counts);
  }

  private static String version(JsonNode version) {
    StringBuilder line = new StringBuilder("  version ");
    line.append(version.path("version").asInt()).append(": ");
    line.append(version.path("status").asText());
    if (version.hasNonNull("mediaType")) {
      line.append(", ").append(version.path("mediaType").asText());
    }
    line.append(", ").append(version.path("sizeBytes").asLong()).append(" bytes, received ");
    line.append(version.path("receivedAt").asText());
    if (version.hasNonNull("duplicateOf")) {
      line.append(", same bytes as ").append(Visible.name(version.path("duplicateOf").asText()));
    }
    if (version.hasNonNull("code")) {
      line.append(", ").append(version.path("code").asText()).append(": ");
      line.append(version.path("message").asText());
    }
    return line.toString();
  }

  private static String question(JsonNode example) {
    for (JsonNode message : example.path("messages")) {
      if (message.path("role").asText().equals("user")) {
        return message.path("content").asText().replace('\n', ' ');
      }
    }
    return example.path("question").asText();
  }

  private static void receipt(JsonNode receipt, List<String> lines) {
    lines.add("erased by " + receipt.path("stage").asText());
    parts("removed", receipt.path("removed"), lines);
    parts("kept", receipt.path("kept"), lines);
    parts("affected", receipt.path("affected"), lines);
  }

  private static void parts(String title, JsonNode parts, List<String> lines) {
    for (JsonNode part : parts) {
      StringBuilder line = new StringBuilder("  " + title + ": ");
      line.append(part.path("what").asText()).append(" (").append(part.path("where").asText());
      line.append(")");
      if (part.hasNonNull("sha256")) {
        line.append(" sha256 ").append(part.path("sha256").asText());
      }
      if (!part.path("note").asText().isEmpty()) {
        line.append(", ").append(part.path("note").asText());
      }
      lines.add(line.toString());
    }
  }
}
