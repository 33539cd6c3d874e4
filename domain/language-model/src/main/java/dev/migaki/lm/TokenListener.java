package dev.migaki.lm;

import java.util.List;

/** Receives an answer while it is made, on the thread that asked for it. */
@FunctionalInterface
public interface TokenListener {

  /** Ignores the pieces. */
  TokenListener NONE = piece -> true;

  /**
   * @param piece the next part of the text: whole characters only, never empty
   * @return whether to go on; false cancels the generation
   */
  boolean onText(String piece);

  /**
   * The same with the log-probabilities of the tokens since the piece before, for listeners that
   * asked for them. The last piece may be empty.
   *
   * @return whether to go on; false cancels the generation
   */
  default boolean onPiece(String piece, List<TokenLogprob> logprobs) {
    return piece.isEmpty() || onText(piece);
  }
}
