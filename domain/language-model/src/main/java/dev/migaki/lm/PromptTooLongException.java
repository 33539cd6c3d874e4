package dev.migaki.lm;

/** The prompt leaves no room for an answer in the model's context; shorten it. */
public final class PromptTooLongException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int promptTokens;
  private final int maxTokens;

  public PromptTooLongException(int promptTokens, int maxTokens) {
    super(
        "The prompt has "
            + promptTokens
            + " tokens; the model's context holds "
            + maxTokens
            + " together with the answer; shorten it or choose a model with a longer context");
    this.promptTokens = promptTokens;
    this.maxTokens = maxTokens;
  }

  public int promptTokens() {
    return promptTokens;
  }

  /** The model's context. */
  public int maxTokens() {
    return maxTokens;
  }
}
