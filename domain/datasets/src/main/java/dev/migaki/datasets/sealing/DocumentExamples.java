package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Example;
import java.util.List;
import java.util.Set;

/**
 * What one document, in its newest version, gives to a dataset.
 *
 * @param version of the document, from 1
 * @param generation number of the dataset version that first contained this version of the
 *     document; what is not yet in any has the number that comes next. Tells newer from older
 *     without a clock and whatever the order of arrival within one delivery
 */
public record DocumentExamples(
    String documentId, int version, int generation, String filename, List<Example> examples) {
  public DocumentExamples {
    requireNonNull(documentId, "documentId");
    requireNonNull(filename, "filename");
    examples = List.copyOf(examples);
  }

  /** The document without some of its examples. */
  public DocumentExamples without(Set<String> exampleIds) {
    List<Example> left =
        examples.stream().filter(example -> !exampleIds.contains(example.id())).toList();
    return new DocumentExamples(documentId, version, generation, filename, left);
  }
}
