package dev.migaki.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answer of {@code POST /v1/chat/completions}. {@code created} is in seconds since 1970. */
@JsonPropertyOrder({"id", "object", "created", "model", "choices", "usage"})
public record ChatCompletion(
    String id, long created, String model, List<Choice> choices, Usage usage) {

  @JsonProperty
  public String object() {
    return "chat.completion";
  }

  /** One answer; {@code finishReason} is {@code stop} or {@code length}. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Choice(
      int index,
      AssistantMessage message,
      @Nullable TokenLogprobs logprobs,
      @JsonProperty("finish_reason") String finishReason) {}

  /** What the model said. */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record AssistantMessage(String role, String content, @Nullable String refusal) {
    @Override
    public String toString() {
      return "AssistantMessage[role=" + role + "]";
    }
  }

  /** Tokens of the prompt and of the answer. */
  public record Usage(
      @JsonProperty("prompt_tokens") int promptTokens,
      @JsonProperty("completion_tokens") int completionTokens,
      @JsonProperty("total_tokens") int totalTokens,
      @JsonProperty("prompt_tokens_details") PromptTokensDetails promptTokensDetails) {
    public static Usage of(int promptTokens, int completionTokens) {
      return of(promptTokens, 0, completionTokens);
    }

    /**
     * @param cachedTokens how many of the prompt's tokens were known from an earlier one
     */
    public static Usage of(int promptTokens, int cachedTokens, int completionTokens) {
      return new Usage(
          promptTokens,
          completionTokens,
          promptTokens + completionTokens,
          new PromptTokensDetails(cachedTokens));
    }
  }

  /** What is known of the prompt's tokens. */
  public record PromptTokensDetails(@JsonProperty("cached_tokens") int cachedTokens) {}

  /** One of an answer's choices. */
  public static Choice choice(
      int index, String content, @Nullable TokenLogprobs logprobs, String finishReason) {
    return new Choice(
        index, new AssistantMessage("assistant", content, null), logprobs, finishReason);
  }

  /** A finished answer with one choice. */
  public static ChatCompletion of(
      String id, long created, String model, String content, String finishReason, Usage usage) {
    return new ChatCompletion(
        id, created, model, List.of(choice(0, content, null, finishReason)), usage);
  }
}
