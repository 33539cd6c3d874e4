package dev.migaki.cleansing.spelling;

import java.util.Map;

/** Which spellings of the shipped words one document prefers, where it uses several. */
public final class NotationMajority {

  /** No word is spelled in several ways, or nobody asked. */
  static final NotationMajority NONE = new NotationMajority(Map.of());

  private final Map<Integer, Integer> spellings;

  /**
   * @param spellings by number of the word
   */
  NotationMajority(Map<Integer, Integer> spellings) {
    this.spellings = Map.copyOf(spellings);
  }

  boolean isEmpty() {
    return spellings.isEmpty();
  }

  /** The preferred spelling of a word, or the written one. */
  int of(int word, int written) {
    return spellings.getOrDefault(word, written);
  }
}
