package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.augmentation.Wording;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A question that training never sees, and the answer it should get.
 *
 * @param template what worded it, null for a human wording
 * @param group id of the fact, the same for all questions about it
 * @param original gives the example whose answer is the reference
 * @param origin the same as a candidate, null for an unanswerable question
 * @param edge why it is an edge case, null if it is none
 */
record HeldOutQuestion(
    Kind kind,
    String question,
    @Nullable String template,
    String group,
    Supplier<Example> original,
    @Nullable Candidate origin,
    @Nullable String edge) {

  /** A question about a fact. */
  static HeldOutQuestion of(
      Kind kind, Fact fact, Candidate origin, Wording wording, @Nullable String edge) {
    return new HeldOutQuestion(
        kind, wording.question(), wording.template(), fact.id(), origin::example, origin, edge);
  }

  /** A person's question about a fact. */
  static HeldOutQuestion human(Fact fact, Candidate origin) {
    return new HeldOutQuestion(
        Kind.HUMAN_WORDING,
        origin.example().question(),
        null,
        fact.id(),
        origin::example,
        origin,
        null);
  }

  /** A question that only the honest reply answers. */
  static HeldOutQuestion unanswerable(Example decline) {
    return new HeldOutQuestion(
        Kind.UNANSWERABLE,
        decline.question(),
        decline.extractor(),
        "unanswerable",
        () -> decline,
        null,
        null);
  }

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
