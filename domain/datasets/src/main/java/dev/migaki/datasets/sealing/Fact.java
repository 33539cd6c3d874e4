package dev.migaki.datasets.sealing;

import java.util.HexFormat;
import java.util.List;

/**
 * One piece of knowledge: pairs whose answers are the same or nearly so, however differently people
 * asked. The unit of the split.
 *
 * @param hash depends on the answer's text only
 * @param wordings groups of pairs whose questions are nearly the same; a group stays on one side
 */
record Fact(long hash, List<List<Candidate>> wordings) {
  Fact {
    wordings = wordings.stream().map(List::copyOf).toList();
  }

  String id() {
    return "fact-" + HexFormat.of().toHexDigits(hash);
  }

  String language() {
    return first().example().language();
  }

  /** The pair that stands for the fact. */
  Candidate first() {
    return wordings.get(0).get(0);
  }
}
