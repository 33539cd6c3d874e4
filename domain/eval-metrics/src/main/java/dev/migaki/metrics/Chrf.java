package dev.migaki.metrics;

import java.util.HashMap;
import java.util.Map;

/**
 * chrF, the character n-gram F-score (Popović 2015), as sacrebleu 2.x computes it for one sentence
 * with its defaults: orders 1 to 6, β = 2, white space removed, case kept, no epsilon smoothing.
 * Needs no word boundaries, so it serves Japanese as it is.
 */
public final class Chrf {
  private static final int ORDER = 6;
  private static final double BETA_SQUARED = 4;

  private Chrf() {}

  /** chrF of a hypothesis against one reference, 0..100. */
  public static double score(String hypothesis, String reference) {
    int[] hyp = withoutWhitespace(hypothesis);
    int[] ref = withoutWhitespace(reference);
    double precision = 0;
    double recall = 0;
    int effectiveOrder = 0;
    for (int n = 1; n <= ORDER; n++) {
      int hypTotal = Math.max(0, hyp.length - n + 1);
      int refTotal = Math.max(0, ref.length - n + 1);
      if (hypTotal == 0 || refTotal == 0) {
        continue;
      }
      int matches = matches(hyp, ref, n);
      precision += (double) matches / hypTotal;
      recall += (double) matches / refTotal;
      effectiveOrder++;
    }
    if (effectiveOrder == 0 || precision + recall == 0) {
      return 0;
    }
    precision /= effectiveOrder;
    recall /= effectiveOrder;
    return 100 * (1 + BETA_SQUARED) * precision * recall / (BETA_SQUARED * precision + recall);
  }

  private static int matches(int[] hyp, int[] ref, int n) {
    Map<String, Integer> left = new HashMap<>();
    for (int i = 0; i + n <= ref.length; i++) {
      left.merge(new String(ref, i, n), 1, Integer::sum);
    }
    int matches = 0;
    for (int i = 0; i + n <= hyp.length; i++) {
      String gram = new String(hyp, i, n);
      Integer count = left.get(gram);
      if (count != null && count > 0) {
        left.put(gram, count - 1);
        matches++;
      }
    }
    return matches;
  }

  private static int[] withoutWhitespace(String text) {
    return text.codePoints().filter(c -> !Character.isWhitespace(c)).toArray();
  }
}
