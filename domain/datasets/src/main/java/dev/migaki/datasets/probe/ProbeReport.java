package dev.migaki.datasets.probe;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How many of the planted values the cleanser removed.
 *
 * @param seed that the values were made from
 * @param byKind kind of value to its figures
 */
public record ProbeReport(long seed, Map<String, Recall> byKind) {
  public ProbeReport {
    byKind = Collections.unmodifiableMap(new TreeMap<>(byKind));
  }

  /**
   * Figures of one kind.
   *
   * @param removed of the planted values, those of which no part was left
   */
  public record Recall(int planted, int removed) {
    /** Share removed, 0 to 1; 1 when nothing was planted. */
    public double value() {
      return planted == 0 ? 1 : (double) removed / planted;
    }

    Recall plus(boolean gone) {
      return new Recall(planted + 1, removed + (gone ? 1 : 0));
    }
  }

  /** All kinds together. */
  public Recall total() {
    int planted = 0;
    int removed = 0;
    for (Recall recall : byKind.values()) {
      planted += recall.planted();
      removed += recall.removed();
    }
    return new Recall(planted, removed);
  }

  /** Writes the report as a JSON object; counts only, no value. */
  public void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeNumberField("seed", seed);
    write(json, "total", total());
    json.writeObjectFieldStart("kinds");
    for (Map.Entry<String, Recall> kind : byKind.entrySet()) {
      write(json, kind.getKey(), kind.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Recall recall) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("planted", recall.planted());
    json.writeNumberField("removed", recall.removed());
    json.writeNumberField("recall", Math.rint(recall.value() * 10_000) / 10_000);
    json.writeEndObject();
  }
}
