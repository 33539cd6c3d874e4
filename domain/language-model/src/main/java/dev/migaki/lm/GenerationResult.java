package dev.migaki.lm;

/**
 * A finished answer.
 *
 * @param text the answer
 * @param promptTokens tokens of the question with the template's markup
 * @param completionTokens tokens made, the end marker included
 * @param finishReason why it ended
 * @param logLikelihood sum of the chosen tokens' log-probabilities (natural logarithm), the end
 *     marker included
 */
public record GenerationResult(
    String text,
    int promptTokens,
    int completionTokens,
    FinishReason finishReason,
    double logLikelihood) {

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

  /** Redacted: answers are private and {@code toString} ends up in logs. */
  @Override
  public String toString() {
    return "GenerationResult[" + completionTokens + " tokens, " + finishReason.label() + "]";
  }
}
