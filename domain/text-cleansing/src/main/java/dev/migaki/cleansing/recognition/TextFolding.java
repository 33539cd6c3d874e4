package dev.migaki.cleansing.recognition;

/**
 * Folds text to one spelling for matching without moving any offset.
 *
 * <p>Every character maps to exactly one character, so that a match in the folded text is a match
 * at the same place in the original. Dashes, spaces and full-width forms are the ways in which the
 * same number is written in Japanese documents.
 */
final class TextFolding {

  private TextFolding() {}

  /**
   * Full-width ASCII to ASCII, all spaces to U+0020, all dashes to U+002D, variants of kanji to the
   * forms of dictionaries; same length.
   */
  static String fold(String text) {
    int length = text.length();
    int first = 0;
    while (first < length && foldChar(text, first) == text.charAt(first)) {
      first++;
    }
    if (first == length) {
      return text;
    }
    char[] folded = text.toCharArray();
    for (int i = first; i < length; i++) {
      folded[i] = foldChar(text, i);
    }
    return new String(folded);
  }

  private static char foldChar(String text, int index) {
    char c = text.charAt(index);
    if (c < 0x80) {
      return c;
    }
    if (c >= '！' && c <= '～') {
      return (char) (c - 0xFEE0);
    }
    return switch (c) {
      case '\u3000', '\u00A0', '\u202F', '\u205F' -> ' ';
      case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212', '\uFE63' -> '-';
      case 'ー', 'ｰ', '─', '━' -> betweenDigits(text, index) ? '-' : c;
      case '\u2018', '\u2019' -> '\'';
      case '\u2206' -> 'Δ';
      case '\u201C', '\u201D' -> '"';
      default -> c >= '\u2000' && c <= '\u200A' ? ' ' : KanjiVariants.fold(c);
    };
  }

  private static boolean betweenDigits(String text, int index) {
    return index > 0
        && index + 1 < text.length()
        && isAnyDigit(text.charAt(index - 1))
        && isAnyDigit(text.charAt(index + 1));
  }

  private static boolean isAnyDigit(char c) {
    return c >= '0' && c <= '9' || c >= '０' && c <= '９';
  }

  /** Lower case, character by character; same length. */
  static String lower(String text) {
    int length = text.length();
    int first = 0;
    while (first < length && Character.toLowerCase(text.charAt(first)) == text.charAt(first)) {
      first++;
    }
    if (first == length) {
      return text;
    }
    char[] lower = text.toCharArray();
    for (int i = first; i < length; i++) {
      lower[i] = Character.toLowerCase(lower[i]);
    }
    return new String(lower);
  }
}
