package dev.migaki.datasets.teacher;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Example;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a teacher gave for a document.
 *
 * @param key equal for passages, settings and limits that give the same lesson, if the model
 *     answers the same; empty when nobody is asked
 * @param examples what its source proves
 * @param rejects pairs that were dropped and passages that gave none, by {@code
 *     RejectReason.label()}
 * @param tokens sent and received
 * @param isComplete whether no passage was left out because of a failure: the same document need
 *     not be asked about again
 */
public record Lesson(
    String key,
    List<Example> examples,
    Map<String, Integer> rejects,
    int tokens,
    boolean isComplete) {
  /** Nobody was asked. */
  public static final Lesson NONE = new Lesson("", List.of(), Map.of(), 0, true);

  public Lesson {
    requireNonNull(key, "key");
    examples = List.copyOf(examples);
    rejects = Collections.unmodifiableMap(new TreeMap<>(rejects));
  }
}
