package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Rejection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a document gave: the examples in its order, and what was not kept and why.
 *
 * @param unused passages that gave no example
 */
public record Extraction(List<Example> examples, List<Rejection> rejections, List<Passage> unused) {
  public Extraction {
    examples = List.copyOf(examples);
    rejections = List.copyOf(rejections);
    unused = List.copyOf(unused);
  }

  /** How much was not kept, by {@code RejectReason.label()}. */
  public SortedMap<String, Integer> rejects() {
    SortedMap<String, Integer> rejects = new TreeMap<>();
    for (Rejection rejection : rejections) {
      rejects.merge(rejection.reason().label(), 1, Integer::sum);
    }
    return rejects;
  }
}
