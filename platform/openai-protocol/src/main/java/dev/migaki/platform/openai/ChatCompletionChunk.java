package dev.migaki.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a streamed answer; all pieces of an answer share id and time.
 *
 * @param usage the counts in the last piece, JSON's null in the others, or nothing at all when the
 *     client did not ask for counts
 */
@JsonPropertyOrder({"id", "object", "created", "model", "choices", "usage"})
public record ChatCompletionChunk(
    String id,
    long created,
    String model,
    List<Choice> choices,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Object usage) {

  @JsonProperty
  public String object() {
    return "chat.completion.chunk";
  }

  /** What is new; {@code finishReason} is null until the last piece. */
  public record Choice(
      int index,
      Delta delta,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable TokenLogprobs logprobs,
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

  /**
   * The pieces of one answer.
   *
   * @param withUsage whether the client asked for token counts
   */
  public record Maker(String id, long created, String model, boolean withUsage) {

    /** The first piece of a choice: who speaks. */
    public ChatCompletionChunk opening(int index) {
      return chunk(index, new Delta("assistant", ""), null, null);
    }

    /** A piece of text. */
    public ChatCompletionChunk text(int index, String content, @Nullable TokenLogprobs logprobs) {
      return chunk(index, new Delta(null, content), logprobs, null);
    }

    /** The last piece of a choice: why the answer ends. */
    public ChatCompletionChunk closing(int index, String finishReason) {
      return chunk(index, new Delta(null, null), null, finishReason);
    }

    /** The token counts, sent after the last piece when they were asked for. */
    public ChatCompletionChunk usage(ChatCompletion.Usage usage) {
      return new ChatCompletionChunk(id, created, model, List.of(), usage);
    }

    private ChatCompletionChunk chunk(
        int index, Delta delta, @Nullable TokenLogprobs logprobs, @Nullable String finishReason) {
      return new ChatCompletionChunk(
          id,
          created,
          model,
          List.of(new Choice(index, delta, logprobs, finishReason)),
          withUsage ? NullNode.getInstance() : null);
    }
  }
}
