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
      @Nullable Object logprobs,
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
      @JsonProperty("total_tokens") int totalTokens) {
    public static Usage of(int promptTokens, int completionTokens) {
      return new Usage(promptTokens, completionTokens, promptTokens + completionTokens);
    }
  }

  /** A finished answer with one choice. */
  public static ChatCompletion of(
      String id, long created, String model, String content, String finishReason, Usage usage) {
    return new ChatCompletion(
        id,
        created,
        model,
        List.of(
            new Choice(0, new AssistantMessage("assistant", content, null), null, finishReason)),
        usage);
  }
}
