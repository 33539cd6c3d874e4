package dev.migaki.metrics;

/** Scores of one generated answer against its reference. */
public final class AnswerScores {
  private AnswerScores() {}

  /** 1 when the answer has the same tokens in the same order as the reference, else 0. */
  public static double exactMatch(String answer, String reference) {
    return AnswerTokens.of(answer).equals(AnswerTokens.of(reference)) ? 1 : 0;
  }

  /**
   * Harmonic mean of the share of answer tokens that the reference has and the share of reference
   * tokens that the answer has, 0..1 (SQuAD, Rajpurkar et al. 2016). Two empty texts agree (1); one
   * empty text scores 0.
   */
  public static double tokenF1(String answer, String reference) {
    return TokenCounts.of(answer).f1(TokenCounts.of(reference));
  }
}
