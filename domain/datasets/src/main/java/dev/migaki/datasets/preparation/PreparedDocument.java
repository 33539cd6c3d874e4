package dev.migaki.datasets.preparation;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.cleansing.CleanDocument;
import dev.migaki.datasets.teacher.Lesson;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A document without private data, and the examples that it gives.
 *
 * @param examples those of the lesson included
 * @param rejects what it would have given but for a reason, by {@code RejectReason.label()}
 * @param lesson what a teacher gave
 */
public record PreparedDocument(
    CleanDocument clean, List<Example> examples, Map<String, Integer> rejects, Lesson lesson) {
  public PreparedDocument {
    requireNonNull(lesson, "lesson");
    requireNonNull(clean, "clean");
    examples = List.copyOf(examples);
    rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
  }
}
