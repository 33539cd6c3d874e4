package dev.migaki.lm.generation;

import dev.migaki.lm.tokenizer.TokenBytes;

/**
 * Keeps an answer a prefix of one JSON object: before each choice, tokens that would break it are
 * taken out of the distribution.
 */
final class JsonConstraint {

  private final TokenBytes vocabulary;
  private final JsonSyntax syntax = new JsonSyntax();
  private final JsonSyntax trial = new JsonSyntax();

  JsonConstraint(TokenBytes vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Sets the scores of impossible tokens to negative infinity.
   *
   * @param scores {@code [V]}
   * @return whether any token is left
   */
  boolean maskInPlace(float[] scores) {
    boolean[] firstBytes = possibleFirstBytes();
    boolean insideString = syntax.insideString();
    boolean any = false;
    for (int token = 0; token < scores.length; token++) {
      byte[] bytes = vocabulary.of(token);
      boolean possible =
          bytes.length > 0
              && !vocabulary.isSpecial(token)
              && firstBytes[bytes[0] & 0xFF]
              && ((insideString && plain(bytes)) || follows(bytes));
      if (possible) {
        any = true;
      } else {
        scores[token] = Float.NEGATIVE_INFINITY;
      }
    }
    return any;
  }

  private boolean[] possibleFirstBytes() {
    boolean[] possible = new boolean[256];
    for (int value = 0; value < 256; value++) {
      trial.copyFrom(syntax);
      possible[value] = trial.accept(value);
    }
    return possible;
  }

  /** ASCII that means itself inside a string: no need to ask the automaton. */
  private static boolean plain(byte[] bytes) {
    for (byte value : bytes) {
      if (value < 0x20 || value == '"' || value == '\\') {
        return false;
      }
    }
    return true;
  }

  private boolean follows(byte[] bytes) {
    trial.copyFrom(syntax);
    return trial.accept(bytes);
  }

  /** Notes the choice; must be one that {@link #maskInPlace} left. */
  void take(int token) {
    if (!syntax.accept(vocabulary.of(token))) {
      throw new IllegalStateException("the token breaks the JSON object");
    }
  }

  /** Whether the object is closed and the answer therefore at its end. */
  boolean complete() {
    return syntax.complete();
  }
}
