package dev.migaki.cleansing.repair;

/**
 * Takes out what no reader sees: controls, zero-width characters, direction overrides.
 *
 * <p>They hide text from recognisers and reviewers alike. Joiners stay where scripts and emoji need
 * them.
 */
final class InvisibleCharacters {

  private InvisibleCharacters() {}

  static String remove(String text) {
    int first = 0;
    while (first < text.length() && !isRemoved(text, first)) {
      first++;
    }
    if (first == text.length()) {
      return text;
    }
    StringBuilder visible = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      if (!isRemoved(text, i)) {
        visible.append(text.charAt(i));
      }
    }
    return visible.toString();
  }

  private static boolean isRemoved(String text, int index) {
    char c = text.charAt(index);
    if (c >= 0x20 && c < 0x7F) {
      return false;
    }
    if (c < 0x20) {
      return c != '\t' && c != '\n' && c != '\r';
    }
    if (c >= 0x7F && c <= 0x9F) {
      return true;
    }
    return switch (c) {
      case '\u00AD', '\u200B', '\u2060', '\uFEFF', '\u180E', '\u061C' -> true;
      case '\u200E', '\u200F' -> true;
      case '\u200C', '\u200D' -> !isJoinerNeeded(text, index);
      case '\uFFF9', '\uFFFA', '\uFFFB' -> true;
      default -> c >= '\u202A' && c <= '\u202E' || c >= '\u2061' && c <= '\u206F';
    };
  }

  /** Between emoji, and inside Arabic, Indic and similar scripts, a joiner carries meaning. */
  private static boolean isJoinerNeeded(String text, int index) {
    if (index == 0 || index + 1 >= text.length()) {
      return false;
    }
    int before = text.codePointBefore(index);
    int after = text.codePointAt(index + 1);
    return joins(before) && joins(after);
  }

  private static boolean joins(int codePoint) {
    return codePoint >= 0x1F000
        || codePoint == 0xFE0F
        || codePoint >= 0x2600 && codePoint <= 0x27BF
        || codePoint >= 0x0600 && codePoint <= 0x0DFF
        || codePoint == 0x2640
        || codePoint == 0x2642;
  }
}
