package dev.migaki.deploy.domain;

import dev.migaki.contracts.ArtifactRef;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Models that can be asked. A model is loaded when it is first asked and put away when others need
 * its place.
 */
public interface ChatModels {

  /**
   * A model and where its weights are.
   *
   * @param id name of the model, unique
   * @param baseModel name of its base model
   * @param weights packed adapter or full model; null for the base model itself
   */
  record ModelSource(String id, String baseModel, @Nullable ArtifactRef weights) {}

  /** One message of a conversation. */
  record Turn(String role, String text) {
    @Override
    public String toString() {
      return "Turn[role=" + role + "]";
    }
  }

  /**
   * How to answer.
   *
   * @param choices how many answers, each with a draw of its own
   * @param maxTokens longest answer in tokens, or null for what the context leaves
   * @param drawing how tokens are drawn
   * @param penalties what makes tokens less likely
   * @param logitBias added to the scores of tokens, by id
   * @param stops texts that end the answer
   * @param alternatives how many likeliest tokens are reported beside each token, -1 for no report
   * @param jsonObject whether each answer must be a JSON object
   */
  record Settings(
      int choices,
      @Nullable Integer maxTokens,
      Drawing drawing,
      Penalties penalties,
      Map<Integer, Double> logitBias,
      List<String> stops,
      int alternatives,
      boolean jsonObject) {
    public Settings {
      logitBias = Map.copyOf(logitBias);
      stops = List.copyOf(stops);
    }
  }

  /**
   * How tokens are drawn.
   *
   * @param temperature 0 for the likeliest answer, up to 2
   * @param topP share of the probability mass to draw from, above 0 to 1
   * @param topK how many likeliest tokens to draw from, 0 for all
   * @param minP least share of the likeliest token's probability
   * @param seed of the draw
   */
  record Drawing(double temperature, double topP, int topK, double minP, long seed) {}

  /** OpenAI's presence and frequency penalties, and the repetition penalty of others (1: none). */
  record Penalties(double presence, double frequency, double repetition) {}

  /** A token's bytes (0 to 255), its log-probability, and the likeliest tokens of its place. */
  record TokenScore(List<Integer> bytes, double logprob, List<TokenScore> top) {
    public TokenScore {
      bytes = List.copyOf(bytes);
      top = List.copyOf(top);
    }

    @Override
    public String toString() {
      return "TokenScore[logprob=" + logprob + "]";
    }
  }

  /** A piece of one choice's text with the scores of its tokens when they were asked for. */
  record Piece(int choice, String text, List<TokenScore> scores) {
    public Piece {
      scores = List.copyOf(scores);
    }

    @Override
    public String toString() {
      return "Piece[choice=" + choice + "]";
    }
  }

  /** A finished answer; {@code endedByLimit} tells that it was cut off. */
  record Answer(
      String text,
      int promptTokens,
      int cachedTokens,
      int completionTokens,
      boolean endedByLimit,
      List<TokenScore> scores) {
    public Answer {
      scores = List.copyOf(scores);
    }

    @Override
    public String toString() {
      return "Answer[promptTokens=" + promptTokens + ", completionTokens=" + completionTokens + "]";
    }
  }

  /**
   * Answers a conversation.
   *
   * @param pieces is given each piece of text as it comes, one choice after the other; a false
   *     answer ends the generation of all
   * @return as many answers as there are choices
   * @throws PromptTooLong when the conversation leaves no room for an answer
   */
  List<Answer> answer(
      ModelSource model, List<Turn> conversation, Settings settings, Predicate<Piece> pieces);

  /**
   * Checks a conversation before anything is sent of its answer.
   *
   * @throws PromptTooLong when it leaves no room for an answer
   */
  void requireRoom(ModelSource model, List<Turn> conversation);

  /** Gets a model ready before it is asked for the first time. */
  void warmUp(ModelSource model);

  /** Names of the base models that lie on this machine. */
  List<String> baseModels();

  /** The conversation does not fit into the model's context. */
  final class PromptTooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int promptTokens;
    private final int contextTokens;

    public PromptTooLong(int promptTokens, int contextTokens) {
      super(promptTokens + " tokens, the context holds " + contextTokens);
      this.promptTokens = promptTokens;
      this.contextTokens = contextTokens;
    }

    public int promptTokens() {
      return promptTokens;
    }

    public int contextTokens() {
      return contextTokens;
    }
  }
}
