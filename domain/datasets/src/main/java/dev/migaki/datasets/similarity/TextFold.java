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
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    StringBuilder folded = new StringBuilder(normal.length());
    normal
        .codePoints()
        .filter(c -> Character.isLetterOrDigit(c) || c == 'ー')
        .forEach(folded::appendCodePoint);
    return folded.toString();
  }
}
