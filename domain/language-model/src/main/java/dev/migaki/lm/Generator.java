package dev.migaki.lm;

import dev.migaki.lm.generation.LoadedAdapter;
import dev.migaki.lm.generation.RunningAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers conversations with a model, or with an adapter over it. Thread-safe: calls from many
 * threads share the model's batch.
 */
public final class Generator {

  private final LanguageModel model;
  private final @Nullable LoadedAdapter adapter;

  public Generator(LanguageModel model) {
    this(model, null);
  }

  /**
   * @param adapter loaded by the model's engine; null for the model alone
   */
  public Generator(LanguageModel model, @Nullable LoadedAdapter adapter) {
    this.model = model;
    this.adapter = adapter;
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
    return start(prompt, options).await(listener);
  }

  /**
   * Begins an answer without waiting for it.
   *
   * @param prompt token ids, at least one
   * @throws PromptTooLongException when the prompt leaves no room
   */
  public RunningAnswer start(int[] prompt, GenerationOptions options) {
    return model.engine().submit(prompt, options, adapter);
  }

  /**
   * Answers many prompts.
   *
   * @param prompts token ids
   * @param options the seed is varied by the prompt's index
   * @param finished told the number of finished prompts after each of them
   * @return answers in the order of the prompts
   * @throws PromptTooLongException when a prompt leaves no room for an answer
   */
  public List<GenerationResult> generateAll(
      List<int[]> prompts, GenerationOptions options, IntConsumer finished) {
    List<RunningAnswer> running = new ArrayList<>();
    List<GenerationResult> results = new ArrayList<>();
    try {
      for (int i = 0; i < prompts.size(); i++) {
        running.add(start(prompts.get(i), options.withSeed(options.seed() + i)));
      }
      for (RunningAnswer answer : running) {
        results.add(answer.await(TokenListener.NONE));
        finished.accept(results.size());
      }
      return results;
    } finally {
      // nothing to do for answers that have ended
      running.forEach(RunningAnswer::cancel);
    }
  }
}
