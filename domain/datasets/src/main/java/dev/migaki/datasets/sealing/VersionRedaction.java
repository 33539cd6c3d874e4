package dev.migaki.datasets.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Takes the lines that come from one document out of the files of a sealed version. What the
 * lineage traces to the document goes, also where another document said the same: the wording that
 * was kept may be the withdrawn one. Files without lines of known origin (balance, data card) go
 * whole.
 */
public final class VersionRedaction {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TRACED =
      List.of("train", "validation", "test", "edge", "unanswerable");
  private static final String LINEAGE = "lineage";
  private static final String CONTRADICTIONS = "contradictions";

  /**
   * The files that are left.
   *
   * @param lines how many lines were taken out of the training and held-out files
   */
  public record Redacted(Map<String, byte[]> files, int lines) {}

  private VersionRedaction() {}

  /**
   * @param files the version's, by name; JSON lines
   * @throws IllegalArgumentException when a file is not JSON lines
   */
  public static Redacted without(String documentId, Map<String, byte[]> files) {
    List<JsonNode> lineage = lines(files.getOrDefault(LINEAGE, new byte[0]));
    Map<String, TreeSet<Integer>> dropped = new HashMap<>();
    for (JsonNode trace : lineage) {
      if (names(trace.path("sources"), documentId)) {
        dropped
            .computeIfAbsent(trace.path("file").asText(), file -> new TreeSet<>())
            .add(trace.path("line").asInt());
      }
    }
    Map<String, byte[]> left = new LinkedHashMap<>();
    for (String name : TRACED) {
      byte[] content = files.get(name);
      if (content != null) {
        left.put(name, keep(content, dropped.getOrDefault(name, new TreeSet<>())));
      }
    }
    left.put(LINEAGE, renumbered(lineage, dropped));
    left.put(CONTRADICTIONS, contradictions(files, documentId));
    int count = dropped.values().stream().mapToInt(TreeSet::size).sum();
    return new Redacted(left, count);
  }

  private static boolean names(JsonNode sources, String documentId) {
    for (JsonNode source : sources) {
      if (source.path("document").asText().equals(documentId)) {
        return true;
      }
    }
    return false;
  }

  private static byte[] keep(byte[] content, TreeSet<Integer> dropped) {
    List<String> kept = new ArrayList<>();
    int number = 0;
    for (String line : text(content).lines().toList()) {
      number++;
      if (!dropped.contains(number)) {
        kept.add(line);
      }
    }
    return bytes(kept);
  }

  private static byte[] renumbered(
      List<JsonNode> lineage, Map<String, TreeSet<Integer>> droppedByFile) {
    List<String> kept = new ArrayList<>();
    for (JsonNode trace : lineage) {
      TreeSet<Integer> dropped =
          droppedByFile.getOrDefault(trace.path("file").asText(), new TreeSet<>());
      int line = trace.path("line").asInt();
      if (!dropped.contains(line)) {
        ((ObjectNode) trace).put("line", line - dropped.headSet(line).size());
        kept.add(trace.toString());
      }
    }
    return bytes(kept);
  }

  private static byte[] contradictions(Map<String, byte[]> files, String documentId) {
    List<String> kept = new ArrayList<>();
    for (JsonNode report : lines(files.getOrDefault(CONTRADICTIONS, new byte[0]))) {
      boolean named =
          List.of("first", "second").stream()
              .anyMatch(
                  side ->
                      report
                          .path(side)
                          .path("source")
                          .path("document")
                          .asText()
                          .equals(documentId));
      if (!named) {
        kept.add(report.toString());
      }
    }
    return bytes(kept);
  }

  private static List<JsonNode> lines(byte[] content) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text(content).lines().toList()) {
      try {
        lines.add(JSON.readTree(line));
      } catch (JsonProcessingException e) {
        // the parser's own message would quote the line
        throw new IllegalArgumentException("a file of a sealed version is not JSON lines");
      }
    }
    return lines;
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }

  private static byte[] bytes(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
