package dev.migaki.datasets;

import java.util.Locale;

/**
 * Why something did not become a training example. Bounded: a metric tag and a column of reports.
 */
public enum RejectReason {
  /** The question has fewer characters than the recipe asks for. */
  QUESTION_TOO_SHORT,
  QUESTION_TOO_LONG,
  ANSWER_TOO_SHORT,
  ANSWER_TOO_LONG,
  /** Nothing but placeholders of removed data. */
  PLACEHOLDER_ONLY,
  /** Too much of the text was removed for the rest to be useful. */
  TOO_MANY_PLACEHOLDERS,
  /** Question and answer are in different languages. */
  LANGUAGE_MISMATCH,
  /** A language that the recipe does not list. */
  LANGUAGE_NOT_WANTED,
  /** A conversation in which nobody answers. */
  NO_RESOLUTION,
  /** A chat line that is no usable conversation. */
  INVALID_CHAT,
  /** The answer repeats the question and says nothing else. */
  ANSWER_REPEATS_QUESTION,
  EXACT_DUPLICATE,
  NEAR_DUPLICATE,
  /** Another answer to the same question was kept. */
  OTHER_ANSWER_KEPT,
  /** A newer document says something else. */
  CONTRADICTED_BY_NEWER,
  /** Documents of the same age disagree; neither is trained until somebody decides. */
  CONTRADICTION_UNRESOLVED,
  /** The scan after cleansing still found private data; the example is quarantined. */
  RESIDUE;

  /** The name in events, manifests and metrics, such as {@code near-duplicate}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
