package dev.migaki.eval.domain;

import dev.migaki.eval.domain.AnsweringModel.PromptMessage;
import java.util.ArrayList;
import java.util.List;

/**
 * Prompt engineering alone: the base model sees a few of the company's own questions with their
 * answers, then the question. This is what a tuned model has to beat to be worth its price.
 */
public final class FewShotPrompt {
  private final List<PromptMessage> shown;

  /** Shows these pairs, oldest first. */
  public FewShotPrompt(List<TrainedPair> pairs) {
    List<PromptMessage> messages = new ArrayList<>();
    for (TrainedPair pair : pairs) {
      messages.add(new PromptMessage("user", pair.question()));
      messages.add(new PromptMessage("assistant", pair.answer()));
    }
    this.shown = List.copyOf(messages);
  }

  /** The prompt for a question. */
  public List<PromptMessage> around(String question) {
    List<PromptMessage> messages = new ArrayList<>(shown);
    messages.add(new PromptMessage("user", question));
    return messages;
  }

  /**
   * The {@code count} shortest pairs with different answers: they fit into a small model's context.
   */
  public static FewShotPrompt ofShortest(List<TrainedPair> pairs, int count) {
    List<TrainedPair> chosen = new ArrayList<>();
    pairs.stream()
        .sorted(
            java.util.Comparator.<TrainedPair>comparingInt(
                    pair -> pair.question().length() + pair.answer().length())
                .thenComparing(TrainedPair::question))
        .forEach(
            pair -> {
              boolean known =
                  chosen.stream().anyMatch(other -> other.answer().equals(pair.answer()));
              if (chosen.size() < count && !known) {
                chosen.add(pair);
              }
            });
    return new FewShotPrompt(chosen);
  }
}
