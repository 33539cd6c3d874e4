package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import java.util.List;

/**
 * One piece of knowledge: pairs whose answers are the same or nearly so, however differently people
 * asked. The unit of the split.
 *
 * @param id depends on the answer's text only
 * @param wordings groups of pairs whose questions are nearly the same; a group stays on one side
 */
record Fact(String id, String language, List<List<Example>> wordings) {
  Fact {
    wordings = wordings.stream().map(List::copyOf).toList();
  }

  /** The pair that stands for the fact. */
  Example first() {
    return wordings.get(0).get(0);
  }
}
