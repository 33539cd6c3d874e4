package dev.migaki.lm.generation;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.tokenizer.ChatEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How likely a given answer is to the model. */
public final class ReferenceLikelihood {

  private final LanguageModel model;
  private final TokenScores scores;

  public ReferenceLikelihood(LanguageModel model) {
    this.model = model;
    this.scores = new TokenScores(model);
  }

  /**
   * The likelihood of one answer.
   *
   * @param sum sum of the tokens' log-probabilities (natural logarithm), the end marker included
   * @param tokens how many
   */
  public record Likelihood(double sum, int tokens) {

    /** Per token. */
    public double mean() {
      return tokens == 0 ? 0 : sum / tokens;
    }
  }

  /**
   * @param messages the question
   * @param reference the answer to judge
   * @throws PromptTooLongException when both together exceed the model's context
   */
  public Likelihood of(List<ChatMessage> messages, String reference) {
    List<ChatMessage> all = new ArrayList<>(messages);
    all.add(new ChatMessage("assistant", reference));
    List<ChatEncoding.Segment> segments = model.chat().segments(all);
    int[] tokens = ChatEncoding.join(segments);
    if (tokens.length > model.config().maxPositions() + 1) {
      throw new PromptTooLongException(tokens.length, model.config().maxPositions());
    }
    int end = 0;
    int start = 0;
    for (ChatEncoding.Segment segment : segments) {
      if (segment.message() == messages.size() && segment.part() == ChatEncoding.Part.ANSWER) {
        start = end;
        end += segment.tokens().length;
        break;
      }
      end += segment.tokens().length;
    }
    double[] answer = scores.from(start, Arrays.copyOf(tokens, end));
    return new Likelihood(Arrays.stream(answer).sum(), answer.length);
  }
}
