package dev.migaki.lm;

/** Receives an answer while it is made. */
@FunctionalInterface
public interface TokenListener {

  /** Ignores the pieces. */
  TokenListener NONE = piece -> true;

  /**
   * @param piece the next part of the text: whole characters only, never empty
   * @return whether to go on; false cancels the generation
   */
  boolean onText(String piece);
}
