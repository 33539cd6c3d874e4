package dev.migaki.lm.generation;

import dev.migaki.lm.TokenLogprob;
import dev.migaki.lm.tokenizer.TokenBytes;
import java.util.ArrayList;
import java.util.List;

/** The log-probabilities of one place, noted before penalties and biases change them. */
final class TokenReport {

  private final TokenBytes vocabulary;
  private final List<TokenLogprob> top = new ArrayList<>();
  private final float[] logProbabilities;

  /**
   * @param logProbabilities {@code [V]}, not changed by anyone later
   * @param alternatives how many likeliest tokens to note
   */
  TokenReport(TokenBytes vocabulary, float[] logProbabilities, int alternatives) {
    this.vocabulary = vocabulary;
    this.logProbabilities = logProbabilities;
    for (int token : best(logProbabilities, alternatives)) {
      top.add(entry(token, List.of()));
    }
  }

  private static int[] best(float[] values, int count) {
    int[] best = new int[Math.min(count, values.length)];
    int found = 0;
    for (int i = 0; i < values.length && best.length > 0; i++) {
      if (found == best.length && values[i] <= values[best[found - 1]]) {
        continue;
      }
      int place = found < best.length ? found++ : found - 1;
      while (place > 0 && values[best[place - 1]] < values[i]) {
        best[place] = best[place - 1];
        place--;
      }
      best[place] = i;
    }
    return best;
  }

  TokenLogprob of(int token) {
    return entry(token, top);
  }

  private TokenLogprob entry(int token, List<TokenLogprob> alternatives) {
    List<Byte> bytes = new ArrayList<>();
    for (byte value : vocabulary.of(token)) {
      bytes.add(value);
    }
    return new TokenLogprob(bytes, logProbabilities[token], alternatives);
  }
}
