package dev.migaki.datasets.teacher;

import static java.util.Objects.requireNonNull;

/**
 * What a teacher proposed, before any check; each text may be empty.
 *
 * @param evidence what the teacher says stands in the passage
 */
record ProposedPair(String question, String answer, String evidence) {
  ProposedPair {
    requireNonNull(question, "question");
    requireNonNull(answer, "answer");
    requireNonNull(evidence, "evidence");
  }

  boolean isComplete() {
    return !question.isBlank() && !answer.isBlank() && !evidence.isBlank();
  }

  /** Shape only: the text is never printed. */
  @Override
  public String toString() {
    return "ProposedPair[complete=" + isComplete() + "]";
  }
}
