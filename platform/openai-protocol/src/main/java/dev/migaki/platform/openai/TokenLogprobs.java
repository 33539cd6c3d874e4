package dev.migaki.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code logprobs} of a choice.
 *
 * @param content one entry per token of the answer or piece
 * @param refusal always null: this server's models do not refuse in a field of its own
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record TokenLogprobs(List<Token> content, @Nullable Object refusal) {

  public TokenLogprobs {
    content = List.copyOf(content);
  }

  public static TokenLogprobs of(List<Token> content) {
    return new TokenLogprobs(content, null);
  }

  /**
   * A token and its likeliest alternatives.
   *
   * @param token its text; a part of a character reads as U+FFFD, {@code bytes} has what it is
   * @param bytes values from 0 to 255
   */
  public record Token(
      String token,
      double logprob,
      List<Integer> bytes,
      @JsonProperty("top_logprobs") List<Alternative> topLogprobs) {

    public Token {
      bytes = List.copyOf(bytes);
      topLogprobs = List.copyOf(topLogprobs);
    }

    @Override
    public String toString() {
      return "Token[logprob=" + logprob + "]";
    }
  }

  /** One of the likeliest tokens of a place. */
  public record Alternative(String token, double logprob, List<Integer> bytes) {

    public Alternative {
      bytes = List.copyOf(bytes);
    }

    public static Alternative of(List<Integer> bytes, double logprob) {
      return new Alternative(text(bytes), written(logprob), bytes);
    }

    @Override
    public String toString() {
      return "Alternative[logprob=" + logprob + "]";
    }
  }

  public static Token token(List<Integer> bytes, double logprob, List<Alternative> alternatives) {
    return new Token(text(bytes), written(logprob), bytes, alternatives);
  }

  /** JSON has no infinity; the API writes -9999 for very unlikely. */
  private static double written(double logprob) {
    return Math.max(-9999, logprob);
  }

  private static String text(List<Integer> bytes) {
    byte[] values = new byte[bytes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = bytes.get(i).byteValue();
    }
    return new String(values, StandardCharsets.UTF_8);
  }
}
