package dev.migaki.cleansing.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A row of a labelled set; span offsets are UTF-16. */
record LabelledText(String id, String text, List<Span> spans) {

  /** A labelled or found stretch. */
  record Span(String label, int start, int end) {

    int overlap(Span other) {
      return Math.max(0, Math.min(end, other.end) - Math.max(start, other.start));
    }

    /** Characters in both over characters in either. */
    double iou(Span other) {
      int both = overlap(other);
      return (double) both / (end - start + other.end - other.start - both);
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static List<JsonNode> rows(Path file) throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    try (InputStream raw = Files.newInputStream(file);
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        rows.add(JSON.readTree(line));
      }
    }
    return rows;
  }

  static List<LabelledText> read(Path file) throws IOException {
    List<LabelledText> texts = new ArrayList<>();
    for (JsonNode row : rows(file)) {
      String text = row.get("text").asText();
      List<Span> spans = new ArrayList<>();
      for (JsonNode span : row.get("spans")) {
        spans.add(
            new Span(
                span.get("label").asText(),
                text.offsetByCodePoints(0, span.get("start").asInt()),
                text.offsetByCodePoints(0, span.get("end").asInt())));
      }
      texts.add(new LabelledText(row.get("id").asText(), text, spans));
    }
    return texts;
  }
}
