package dev.migaki.datasets.balance;

import dev.migaki.datasets.Source;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Examples by document. Names of files need not differ, above all without the persons that they
 * named ("Invoice &lt;PERSON_1&gt;.pdf"), so that documents are told apart by their ids and shown
 * by name and number.
 */
final class SourceCounts {
  private final TreeMap<String, Integer> examples = new TreeMap<>();
  private final Map<String, String> filenames = new HashMap<>();

  void add(@Nullable Source source) {
    String id = source == null ? "" : source.documentId();
    examples.merge(id, 1, Integer::sum);
    filenames.putIfAbsent(id, source == null ? "" : source.filename());
  }

  /** Examples by file name; of equal names the second document by id is "name (2)". */
  Map<String, Integer> byName() {
    Map<String, Integer> seen = new HashMap<>();
    Map<String, Integer> counts = new TreeMap<>();
    examples.forEach(
        (id, count) -> {
          String name = filenames.getOrDefault(id, "");
          int number = seen.merge(name, 1, Integer::sum);
          counts.merge(number == 1 ? name : name + " (" + number + ")", count, Integer::sum);
        });
    return counts;
  }
}
