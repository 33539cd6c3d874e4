package dev.migaki.eval.domain;

import static java.util.Objects.requireNonNull;

/**
 * A held-out question.
 *
 * @param id unique within the version
 * @param language ISO 639-1 code
 * @param kind {@code human-wording}, {@code paraphrase}, {@code edge} or {@code unanswerable}
 * @param question what is asked; never trained on
 * @param reference what the documents answer; for an unanswerable question the polite refusal
 */
public record ExamQuestion(
    String id, String language, String kind, String question, String reference) {
  /** Kind of a question that no document answers. */
  public static final String UNANSWERABLE = "unanswerable";

  public ExamQuestion {
    requireNonNull(id, "id");
    requireNonNull(language, "language");
    requireNonNull(kind, "kind");
    requireNonNull(question, "question");
    requireNonNull(reference, "reference");
  }

  /** Whether the documents hold an answer. */
  public boolean isAnswerable() {
    return !kind.equals(UNANSWERABLE);
  }

  @Override
  public String toString() {
    return "ExamQuestion[id=" + id + ", language=" + language + ", kind=" + kind + "]";
  }
}
