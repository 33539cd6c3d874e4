package dev.migaki.lm;

import java.util.List;

/**
 * How likely the model found a token before temperature, penalties and biases.
 *
 * @param bytes the token's bytes; a character may be spread over several tokens
 * @param logprob natural logarithm of its probability
 * @param top the likeliest tokens of the same place, best first, without their own alternatives
 */
public record TokenLogprob(List<Byte> bytes, double logprob, List<TokenLogprob> top) {

  public TokenLogprob {
    bytes = List.copyOf(bytes);
    top = List.copyOf(top);
  }

  /** Redacted: answers are private and {@code toString} ends up in logs. */
  @Override
  public String toString() {
    return "TokenLogprob[logprob=" + logprob + "]";
  }
}
