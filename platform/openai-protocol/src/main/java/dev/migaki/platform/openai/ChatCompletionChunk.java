package dev.migaki.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a streamed answer; all pieces of an answer share id and time. */
@JsonPropertyOrder({"id", "object", "created", "model", "choices", "usage"})
public record ChatCompletionChunk(
    String id,
    long created,
    String model,
    List<Choice> choices,
    @JsonInclude(JsonInclude.Include.NON_NULL) ChatCompletion.@Nullable Usage usage) {

  @JsonProperty
  public String object() {
    return "chat.completion.chunk";
  }

  /** What is new; {@code finishReason} is null until the last piece. */
  public record Choice(
      int index,
      Delta delta,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object logprobs,
      @JsonInclude(JsonInclude.Include.ALWAYS) @JsonProperty("finish_reason")
          @Nullable String finishReason) {}

  /** The role comes first and once, then text. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Delta(@Nullable String role, @Nullable String content) {
    @Override
    public String toString() {
      return "Delta[…]";
    }
  }

  /** The pieces of one answer. */
  public record Maker(String id, long created, String model) {

    /** The first piece: who speaks. */
    public ChatCompletionChunk opening() {
      return chunk(new Delta("assistant", ""), null);
    }

    /** A piece of text. */
    public ChatCompletionChunk text(String content) {
      return chunk(new Delta(null, content), null);
    }

    /** The last piece: why the answer ends. */
    public ChatCompletionChunk closing(String finishReason) {
      return chunk(new Delta(null, null), finishReason);
    }

    /** The token counts, sent after the last piece when they were asked for. */
    public ChatCompletionChunk usage(ChatCompletion.Usage usage) {
      return new ChatCompletionChunk(id, created, model, List.of(), usage);
    }

    private ChatCompletionChunk chunk(Delta delta, @Nullable String finishReason) {
      return new ChatCompletionChunk(
          id, created, model, List.of(new Choice(0, delta, null, finishReason)), null);
    }
  }
}
