package dev.migaki.lm.template;

/**
 * What one rendering may use. A template comes with a model that anyone may have published, and a
 * few lines of Jinja can ask for years or for all memory.
 */
final class Budget {

  /** Longest text, in characters, that is written or computed; far above any model's context. */
  static final int MAX_TEXT = 10_000_000;

  /** Longest list that is computed. */
  static final int MAX_ITEMS = 1_000_000;

  private static final int MAX_STEPS = 1_000_000;
  private static final int MAX_DEPTH = 200;

  private int steps;
  private int depth;

  /** Before a statement or a round of a loop. */
  void step() {
    if (++steps > MAX_STEPS) {
      throw new TemplateException("takes more than " + MAX_STEPS + " steps");
    }
  }

  /** Before a macro; {@link #leave} afterwards. */
  void enter() {
    if (++depth > MAX_DEPTH) {
      throw new TemplateException("macros call each other more than " + MAX_DEPTH + " deep");
    }
  }

  void leave() {
    depth--;
  }

  /**
   * @param length of a text that is about to be made, or was just made a little longer
   */
  static void requireText(long length) {
    if (length > MAX_TEXT) {
      throw new TemplateException("makes a text of more than " + MAX_TEXT + " characters");
    }
  }

  /**
   * @param size of a list that is about to be made
   */
  static void requireItems(long size) {
    if (size > MAX_ITEMS) {
      throw new TemplateException("makes a list of more than " + MAX_ITEMS + " items");
    }
  }
}
