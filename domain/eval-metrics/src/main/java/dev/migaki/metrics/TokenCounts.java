package dev.migaki.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How often each token stands in a text, order left aside.
 *
 * @param total number of tokens
 */
record TokenCounts(Map<String, Integer> counts, int total) {

  static TokenCounts of(String text) {
    List<String> tokens = AnswerTokens.of(text);
    Map<String, Integer> counts = new HashMap<>();
    tokens.forEach(token -> counts.merge(token, 1, Integer::sum));
    return new TokenCounts(counts, tokens.size());
  }

  /** {@link AnswerScores#tokenF1}. */
  double f1(TokenCounts other) {
    if (total == 0 || other.total == 0) {
      return total == other.total ? 1 : 0;
    }
    int shared = 0;
    for (Map.Entry<String, Integer> token : counts.entrySet()) {
      shared += Math.min(token.getValue(), other.counts.getOrDefault(token.getKey(), 0));
    }
    return 2.0 * shared / (total + other.total);
  }
}
