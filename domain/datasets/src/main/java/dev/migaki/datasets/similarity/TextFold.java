package dev.migaki.datasets.similarity;

import java.text.Normalizer;
import java.util.Locale;

/**
 * Reduces a text to what readers compare: NFKC, lower case, letters and digits only. Punctuation,
 * spacing and width do not make two questions different.
 */
public final class TextFold {
  private TextFold() {}

  /** The folded text; empty for a text without letters and digits. */
  public static String fold(String text) {
    int ascii = 0;
    while (ascii < text.length() && text.charAt(ascii) <= 0x7f) {
      ascii++;
    }
    return ascii == text.length() ? foldAscii(text) : foldAny(text);
  }

  private static String foldAscii(String text) {
    StringBuilder folded = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        folded.append((char) (c | 0x20));
      } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
        folded.append(c);
      }
    }
    return folded.toString();
  }

  private static String foldAny(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    int length = normal.length();
    StringBuilder folded = new StringBuilder(length);
    int index = 0;
    while (index < length) {
      int c = normal.codePointAt(index);
      if (Character.isLetterOrDigit(c) || c == 'ー') {
        folded.appendCodePoint(c);
      }
      index += Character.charCount(c);
    }
    return folded.toString();
  }
}
