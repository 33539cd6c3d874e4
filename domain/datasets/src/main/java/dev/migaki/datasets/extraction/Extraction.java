package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Rejection;
import java.util.List;

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
}
