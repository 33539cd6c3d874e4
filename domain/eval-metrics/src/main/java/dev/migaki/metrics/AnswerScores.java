package dev.migaki.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
    List<String> answerTokens = AnswerTokens.of(answer);
    List<String> referenceTokens = AnswerTokens.of(reference);
    if (answerTokens.isEmpty() || referenceTokens.isEmpty()) {
      return answerTokens.isEmpty() && referenceTokens.isEmpty() ? 1 : 0;
    }
    Map<String, Integer> left = new HashMap<>();
    referenceTokens.forEach(token -> left.merge(token, 1, Integer::sum));
    int shared = 0;
    for (String token : answerTokens) {
      if (left.getOrDefault(token, 0) > 0) {
        left.merge(token, -1, Integer::sum);
        shared++;
      }
    }
    return 2.0 * shared / (answerTokens.size() + referenceTokens.size());
  }
}
