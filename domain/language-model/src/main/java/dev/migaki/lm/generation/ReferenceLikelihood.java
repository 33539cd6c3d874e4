package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.linear;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.RotaryPositions;
import dev.migaki.lm.tokenizer.ChatEncoding;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** How likely a given answer is to the model. */
public final class ReferenceLikelihood {

  private final LanguageModel model;

  public ReferenceLikelihood(LanguageModel model) {
    this.model = model;
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
    return score(tokens, start, end);
  }

  /** Log-probabilities of {@code tokens[start … end-1]}, each given all before it. */
  private Likelihood score(int[] tokens, int start, int end) {
    int length = end - 1;
    long[] inputs = new long[length];
    for (int i = 0; i < length; i++) {
      inputs[i] = tokens[i];
    }
    long[] targets = new long[end - start];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = tokens[start + i];
    }
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      Tensor hidden =
          new LlamaForward(model.config(), ScalarType.Float)
              .hidden(
                  model.weights(),
                  null,
                  Tensor.create(inputs, length),
                  1,
                  length,
                  RotaryPositions.table(model.config(), length, ScalarType.Float),
                  Attention.fusedCausal());
      Tensor answer = hidden.narrow(0, start - 1L, targets.length);
      Tensor chosen =
          linear(answer, model.weights().head())
              .log_softmax(-1)
              .gather(1, Tensor.create(targets, targets.length, 1));
      return new Likelihood(chosen.sum().item_double(), targets.length);
    }
  }
}
