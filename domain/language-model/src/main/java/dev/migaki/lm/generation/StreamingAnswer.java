package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TokenListener;
import java.util.List;

/** One answer, token by token, for a caller that shows it while it grows. */
public final class StreamingAnswer {

  private StreamingAnswer() {}

  /**
   * @param prompt token ids, fewer than the model's context
   */
  public static GenerationResult generate(
      LanguageModel model, int[] prompt, GenerationOptions options, TokenListener listener) {
    int limit = Math.min(options.maxTokens(), model.config().maxPositions() - prompt.length);
    TokenChoice choice = new TokenChoice(options);
    IncrementalText text = new IncrementalText(model.tokenizer(), options.stop());
    FinishReason reason = FinishReason.LENGTH;
    int made = 0;
    double logLikelihood = 0;
    try (Decoding decoding = new Decoding(model, 1, prompt.length + limit)) {
      float[] logProbabilities = decoding.prompts(List.of(prompt))[0];
      while (made < limit) {
        int token = choice.pick(logProbabilities);
        logLikelihood += logProbabilities[token];
        made++;
        if (model.endsAnswer(token)) {
          reason = FinishReason.STOP;
          break;
        }
        if (!deliver(text.add(token), listener)) {
          return new GenerationResult(
              text.text(), prompt.length, made, FinishReason.CANCELLED, logLikelihood);
        }
        if (text.stopped()) {
          reason = FinishReason.STOP;
          break;
        }
        if (made < limit) {
          logProbabilities = decoding.next(new int[] {token})[0];
        }
      }
    }
    deliver(text.finish(), listener);
    return new GenerationResult(text.text(), prompt.length, made, reason, logLikelihood);
  }

  private static boolean deliver(String piece, TokenListener listener) {
    return piece.isEmpty() || listener.onText(piece);
  }
}
