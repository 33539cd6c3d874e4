package dev.migaki.cleansing.repair;

/**
 * Unifies character width without touching meaning.
 *
 * <p>Only the full-width ASCII range and half-width katakana fold. ①, ㈱, ㎡ and ½ stay: NFKC would
 * turn them into other text. Full-width punctuation that belongs to Japanese typography stays too.
 */
final class WidthFolding {

  private static final String HALF_KATAKANA =
      "。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン゛゜";
  private static final String VOICED_FROM = "カキクケコサシスセソタチツテトハヒフヘホウ";
  private static final String VOICED_TO = "ガギグゲゴザジズゼゾダヂヅデドバビブベボヴ";
  private static final String SEMI_FROM = "ハヒフヘホ";
  private static final String SEMI_TO = "パピプペポ";
  private static final String JAPANESE_PUNCTUATION = "！（），．：；？～＜＞＂＇";

  private WidthFolding() {}

  static String fold(String text) {
    int first = firstFoldable(text);
    if (first < 0) {
      return text;
    }
    StringBuilder folded = new StringBuilder(text.length()).append(text, 0, first);
    for (int i = first; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '！' && c <= '～') {
        folded.append(isFolded(text, i) ? (char) (c - 0xFEE0) : c);
      } else if (c >= '\uFF61' && c <= '\uFF9F') {
        appendKatakana(folded, HALF_KATAKANA.charAt(c - 0xFF61));
      } else if (c == '￥') {
        folded.append('¥');
      } else {
        folded.append(c);
      }
    }
    return folded.toString();
  }

  private static int firstFoldable(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= '！' && c <= '\uFF9F' || c == '￥') {
        return i;
      }
    }
    return -1;
  }

  private static boolean isFolded(String text, int index) {
    char c = text.charAt(index);
    if (JAPANESE_PUNCTUATION.indexOf(c) < 0) {
      return true;
    }
    boolean numeric = c == '．' || c == '，' || c == '：';
    return numeric && isDigit(text, index - 1) && isDigit(text, index + 1);
  }

  private static boolean isDigit(String text, int index) {
    if (index < 0 || index >= text.length()) {
      return false;
    }
    char c = text.charAt(index);
    return c >= '0' && c <= '9' || c >= '０' && c <= '９';
  }

  private static void appendKatakana(StringBuilder folded, char katakana) {
    int last = folded.length() - 1;
    if (last >= 0 && katakana == '゛' && VOICED_FROM.indexOf(folded.charAt(last)) >= 0) {
      folded.setCharAt(last, VOICED_TO.charAt(VOICED_FROM.indexOf(folded.charAt(last))));
    } else if (last >= 0 && katakana == '゜' && SEMI_FROM.indexOf(folded.charAt(last)) >= 0) {
      folded.setCharAt(last, SEMI_TO.charAt(SEMI_FROM.indexOf(folded.charAt(last))));
    } else {
      folded.append(katakana);
    }
  }
}
