package dev.migaki.datasets.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.datasets.spill.SpillFile;
import dev.migaki.datasets.spill.SpillSpace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the lines that come from one document out of the files of a sealed version. What the
 * lineage traces to the document goes, also where another document said the same: the wording that
 * was kept may be the withdrawn one. Files without lines of known origin (balance, data card) go
 * whole.
 */
public final class VersionRedaction {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> TRACED =
      List.of("train", "preference", "validation", "test", "edge", "unanswerable");
  private static final String LINEAGE = "lineage";
  private static final String CONTRADICTIONS = "contradictions";
  private static final int[] NONE = {};

  /**
   * The files that are left.
   *
   * @param lines how many lines were taken out of the training and held-out files
   */
  public record Redacted(Map<String, SpillFile> files, int lines) {}

  /** What becomes of a line, of which the number is known; null when it goes. */
  @FunctionalInterface
  private interface LineEdit {
    @Nullable String edited(int number, String line);
  }

  private VersionRedaction() {}

  /**
   * Reads line by line: no file is on the heap.
   *
   * @param files the version's, name to what opens it; JSON lines
   * @param space of the files that are left
   * @throws IllegalArgumentException when a file is not JSON lines
   */
  public static Redacted without(
      String documentId, Map<String, Supplier<InputStream>> files, SpillSpace space) {
    Map<String, int[]> dropped = dropped(documentId, files.get(LINEAGE));
    Map<String, SpillFile> left = new LinkedHashMap<>();
    for (String name : TRACED) {
      if (files.containsKey(name)) {
        int[] lines = dropped.getOrDefault(name, NONE);
        left.put(
            name, edit(files.get(name), space, (number, l) -> place(lines, number) < 0 ? l : null));
      }
    }
    left.put(
        LINEAGE, edit(files.get(LINEAGE), space, (number, l) -> renumbered(parsed(l), dropped)));
    left.put(
        CONTRADICTIONS,
        edit(files.get(CONTRADICTIONS), space, (number, l) -> unlessNamed(parsed(l), documentId)));
    int count = dropped.values().stream().mapToInt(lines -> lines.length).sum();
    return new Redacted(left, count);
  }

  /** File to the numbers of its lines, from 1 and ascending, that come from the document. */
  private static Map<String, int[]> dropped(
      String documentId, @Nullable Supplier<InputStream> lineage) {
    Map<String, BitSet> found = new HashMap<>();
    forEachLine(
        lineage,
        (number, line) -> {
          JsonNode trace = parsed(line);
          if (names(trace.path("sources"), documentId)) {
            found
                .computeIfAbsent(trace.path("file").asText(), file -> new BitSet())
                .set(trace.path("line").asInt());
          }
          return null;
        });
    Map<String, int[]> dropped = new HashMap<>();
    found.forEach((file, lines) -> dropped.put(file, lines.stream().toArray()));
    return dropped;
  }

  private static boolean names(JsonNode sources, String documentId) {
    for (JsonNode source : sources) {
      if (source.path("document").asText().equals(documentId)) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String renumbered(JsonNode trace, Map<String, int[]> dropped) {
    int line = trace.path("line").asInt();
    int place = place(dropped.getOrDefault(trace.path("file").asText(), NONE), line);
    if (place >= 0) {
      return null;
    }
    int droppedBefore = -place - 1;
    ((ObjectNode) trace).put("line", line - droppedBefore);
    return trace.toString();
  }

  /** Where a number is among some, or -1 minus the number of those below it. */
  private static int place(int[] ascending, int number) {
    return Arrays.binarySearch(ascending, number);
  }

  private static @Nullable String unlessNamed(JsonNode report, String documentId) {
    for (String side : List.of("first", "second")) {
      JsonNode source = report.path(side).path("source");
      if (source.path("document").asText().equals(documentId)) {
        return null;
      }
    }
    return report.toString();
  }

  private static SpillFile edit(
      @Nullable Supplier<InputStream> file, SpillSpace space, LineEdit edit) {
    SpillFile left = space.newFile();
    forEachLine(
        file,
        (number, line) -> {
          String kept = edit.edited(number, line);
          if (kept != null) {
            left.append((kept + '\n').getBytes(StandardCharsets.UTF_8));
          }
          return kept;
        });
    return left;
  }

  private static void forEachLine(@Nullable Supplier<InputStream> file, LineEdit action) {
    if (file == null) {
      return;
    }
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(file.get(), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        action.edited(++number, line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a file of a sealed version", e);
    }
  }

  private static JsonNode parsed(String line) {
    try {
      return JSON.readTree(line);
    } catch (JsonProcessingException e) {
      // the parser's own message would quote the line
      throw new IllegalArgumentException("a file of a sealed version is not JSON lines");
    }
  }
}
