package dev.migaki.cleansing.recognition;

import static java.util.Objects.requireNonNull;

/**
 * One stretch of text that a recogniser takes for personal data or a secret.
 *
 * @param start first UTF-16 index, inclusive
 * @param end last UTF-16 index, exclusive
 * @param score 0 to 1: how sure the recogniser is; thresholds per type decide what is removed
 * @param recognizer name of the rule that found it, for the audit trail
 */
public record Finding(FindingType type, int start, int end, double score, String recognizer) {

  public Finding {
    requireNonNull(type, "type");
    requireNonNull(recognizer, "recognizer");
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("a finding needs 0 <= start < end");
    }
    if (score < 0 || score > 1) {
      throw new IllegalArgumentException("score must lie between 0 and 1");
    }
  }

  public int length() {
    return end - start;
  }

  public boolean overlaps(Finding other) {
    return start < other.end && other.start < end;
  }

  public boolean covers(Finding other) {
    return start <= other.start && other.end <= end;
  }
}
