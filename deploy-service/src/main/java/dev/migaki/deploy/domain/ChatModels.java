package dev.migaki.deploy.domain;

import dev.migaki.contracts.ArtifactRef;
import java.util.List;
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
   * @param maxTokens longest answer in tokens, or null for what the context leaves
   * @param temperature 0 for the likeliest answer, up to 2
   * @param topP share of the probability mass to draw from, above 0 to 1
   * @param stops texts that end the answer
   * @param seed of the draw
   */
  record Settings(
      @Nullable Integer maxTokens, double temperature, double topP, List<String> stops, long seed) {
    public Settings {
      stops = List.copyOf(stops);
    }
  }

  /** A finished answer; {@code endedByLimit} tells that it was cut off. */
  record Answer(String text, int promptTokens, int completionTokens, boolean endedByLimit) {
    @Override
    public String toString() {
      return "Answer[promptTokens=" + promptTokens + ", completionTokens=" + completionTokens + "]";
    }
  }

  /**
   * Answers a conversation.
   *
   * @param pieces is given each piece of text as it comes; a false answer ends the generation
   * @throws PromptTooLong when the conversation leaves no room for an answer
   */
  Answer answer(
      ModelSource model, List<Turn> conversation, Settings settings, Predicate<String> pieces);

  /** Gets a model ready before it is asked for the first time. */
  void warmUp(ModelSource model);

  /** Names of the base models that lie on this machine. */
  List<String> baseModels();

  /** The conversation does not fit into the model's context. */
  final class PromptTooLong extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PromptTooLong(String message) {
      super(message);
    }
  }
}
