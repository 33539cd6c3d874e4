package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import org.jspecify.annotations.Nullable;

/**
 * A question that training never sees, and the answer it should get.
 *
 * @param template what worded it, null for a human wording
 * @param group id of the fact, the same for all questions about it
 * @param original the example whose answer is the reference
 * @param edge why it is an edge case, null if it is none
 */
record HeldOutQuestion(
    Kind kind,
    String question,
    @Nullable String template,
    String group,
    Example original,
    @Nullable String edge) {

  /** How the question came about. */
  enum Kind {
    HUMAN_WORDING("human-wording"),
    PARAPHRASE("paraphrase"),
    EDGE("edge"),
    UNANSWERABLE("unanswerable");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }
}
