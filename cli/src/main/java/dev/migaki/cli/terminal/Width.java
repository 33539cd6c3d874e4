package dev.migaki.cli.terminal;

/**
 * Columns that text takes on a terminal: wide East Asian characters take two, combining marks none.
 */
public final class Width {
  private Width() {}

  public static int of(String text) {
    return text.codePoints().map(Width::ofCodePoint).sum();
  }

  /** The text cut to a number of columns, with an ellipsis when something was cut. */
  public static String cut(String text, int columns) {
    if (of(text) <= columns) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int used = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int codePoint = text.codePointAt(i);
      used += ofCodePoint(codePoint);
      if (used > columns - 1) {
        break;
      }
      cut.appendCodePoint(codePoint);
    }
    return cut + "…";
  }

  /** The text filled with blanks on the right. */
  public static String pad(String text, int columns) {
    return text + " ".repeat(Math.max(0, columns - of(text)));
  }

  /** The text filled with blanks on the left. */
  public static String padLeft(String text, int columns) {
    return " ".repeat(Math.max(0, columns - of(text))) + text;
  }

  private static int ofCodePoint(int codePoint) {
    int type = Character.getType(codePoint);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(codePoint) ? 2 : 1;
  }

  /** The ranges of Unicode's East Asian Width W and F that matter here (UAX #11). */
  private static boolean isWide(int codePoint) {
    return codePoint >= 0x1100 && codePoint <= 0x115F
        || codePoint >= 0x2E80 && codePoint <= 0x303E
        || codePoint >= 0x3041 && codePoint <= 0xA4CF
        || codePoint >= 0xAC00 && codePoint <= 0xD7A3
        || codePoint >= 0xF900 && codePoint <= 0xFAFF
        || codePoint >= 0xFE30 && codePoint <= 0xFE6F
        || codePoint >= 0xFF00 && codePoint <= 0xFF60
        || codePoint >= 0xFFE0 && codePoint <= 0xFFE6
        || codePoint >= 0x1F300 && codePoint <= 0x1F64F
        || codePoint >= 0x1F900 && codePoint <= 0x1F9FF
        || codePoint >= 0x20000 && codePoint <= 0x3FFFD;
  }
}
