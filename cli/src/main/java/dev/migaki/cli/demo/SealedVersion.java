package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sealed dataset version read from the artifact store as anybody could: manifest and JSONL files.
 *
 * @param files lines by part of the version ({@code train}, {@code test} …)
 */
record SealedVersion(JsonNode manifest, Map<String, List<String>> files) {
  private static final ObjectMapper JSON = new ObjectMapper();

  SealedVersion {
    files = Map.copyOf(files);
  }

  /** A question of the test split and its reference answer. */
  record HeldOut(String language, String question, String reference) {}

  static SealedVersion read(Path artifacts, Event.DatasetSealed event) throws IOException {
    JsonNode manifest =
        JSON.readTree(Files.readAllBytes(artifacts.resolve(event.manifest().location())));
    Map<String, List<String>> files = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> file : manifest.path("files").properties()) {
      Path path = artifacts.resolve(file.getValue().path("location").asText());
      files.put(file.getKey(), Files.readAllLines(path, StandardCharsets.UTF_8));
    }
    return new SealedVersion(manifest, files);
  }

  /** The lines of a part, none when the version has no such part. */
  List<String> lines(String part) {
    return files.getOrDefault(part, List.of());
  }

  /** The held-out questions in the order of the file. */
  List<HeldOut> heldOut() throws IOException {
    List<HeldOut> questions = new ArrayList<>();
    for (String line : lines("test")) {
      JsonNode node = JSON.readTree(line);
      questions.add(
          new HeldOut(
              node.path("language").asText(""),
              content(node, "user"),
              node.path("reference").asText(content(node, "assistant"))));
    }
    return questions;
  }

  /** Questions outside the data. */
  List<HeldOut> unanswerable() throws IOException {
    List<HeldOut> questions = new ArrayList<>();
    for (String line : lines("unanswerable")) {
      JsonNode node = JSON.readTree(line);
      String asked = node.path("question").asText(content(node, "user"));
      questions.add(new HeldOut(node.path("language").asText(""), asked, ""));
    }
    return questions;
  }

  /**
   * All text of the sealed files, with the escapes of JSON and HTML (the data card) resolved, so
   * that a search cannot miss.
   */
  String text() throws IOException {
    StringBuilder text = new StringBuilder();
    for (List<String> lines : files.values()) {
      for (String line : lines) {
        text.append(line).append('\n');
        if (line.startsWith("{") || line.startsWith("[")) {
          appendStrings(JSON.readTree(line), text);
        } else {
          text.append(unescaped(line)).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String unescaped(String html) {
    return html.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&");
  }

  private static void appendStrings(JsonNode node, StringBuilder text) {
    if (node.isTextual()) {
      text.append(node.asText()).append('\n');
    }
    node.forEach(child -> appendStrings(child, text));
  }

  private static String content(JsonNode line, String role) {
    String content = "";
    for (JsonNode message : line.path("messages")) {
      if (message.path("role").asText().equals(role)) {
        content = message.path("content").asText("");
      }
    }
    return content;
  }
}
