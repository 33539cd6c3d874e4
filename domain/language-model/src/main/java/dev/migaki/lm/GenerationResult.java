package dev.migaki.lm;

import java.util.List;

/**
 * A finished answer.
 *
 * @param text the answer
 * @param promptTokens tokens of the question with the template's markup
 * @param cachedTokens how many of these were known from an earlier prompt and not computed again
 * @param completionTokens tokens made, the end marker included
 * @param finishReason why it ended
 * @param logLikelihood sum of the chosen tokens' log-probabilities (natural logarithm), the end
 *     marker included
 * @param logprobs of each token of the answer, when they were asked for; the end marker excluded
 */
public record GenerationResult(
    String text,
    int promptTokens,
    int cachedTokens,
    int completionTokens,
    FinishReason finishReason,
    double logLikelihood,
    List<TokenLogprob> logprobs) {

  public GenerationResult {
    logprobs = List.copyOf(logprobs);
  }

  /** Why an answer ended. */
  public enum FinishReason {
    /** The model ended it, or a stop text came up. */
    STOP("stop"),
    /** The token limit or the end of the context was reached. */
    LENGTH("length"),
    /** The listener asked for it. */
    CANCELLED("cancelled");

    private final String label;

    FinishReason(String label) {
      this.label = label;
    }

    /** OpenAI's name for it. */
    public String label() {
      return label;
    }
  }

  /** The same as an answer that nobody waited for. */
  public GenerationResult asCancelled() {
    return new GenerationResult(
        text,
        promptTokens,
        cachedTokens,
        completionTokens,
        FinishReason.CANCELLED,
        logLikelihood,
        logprobs);
  }

  /** Redacted: answers are private and {@code toString} ends up in logs. */
  @Override
  public String toString() {
    return "GenerationResult[" + completionTokens + " tokens, " + finishReason.label() + "]";
  }
}
