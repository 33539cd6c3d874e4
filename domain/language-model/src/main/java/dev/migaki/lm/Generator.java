package dev.migaki.lm;

import dev.migaki.lm.generation.StreamingAnswer;
import java.util.List;

/**
 * Answers conversations with a model, one at a time per call. Thread-safe: each call has its own
 * state.
 */
public final class Generator {

  private final LanguageModel model;

  public Generator(LanguageModel model) {
    this.model = model;
  }

  /**
   * Makes one answer.
   *
   * @param messages the conversation; the model answers as the assistant
   * @param listener receives the text as it comes, and can cancel
   * @throws PromptTooLongException when the conversation leaves no room for an answer
   */
  public GenerationResult generate(
      List<ChatMessage> messages, GenerationOptions options, TokenListener listener) {
    return continueText(model.chat().prompt(messages), options, listener);
  }

  /**
   * Continues a text.
   *
   * @param prompt token ids, at least one
   * @throws PromptTooLongException when the prompt leaves no room
   */
  public GenerationResult continueText(
      int[] prompt, GenerationOptions options, TokenListener listener) {
    if (prompt.length >= model.config().maxPositions()) {
      throw new PromptTooLongException(prompt.length, model.config().maxPositions());
    }
    return StreamingAnswer.generate(model, prompt, options, listener);
  }
}
