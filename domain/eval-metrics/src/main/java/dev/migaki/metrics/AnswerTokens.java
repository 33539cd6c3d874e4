package dev.migaki.metrics;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The tokens that answers are compared by.
 *
 * <p>The text is folded (NFKC, lower case, punctuation dropped). Letters and digits of scripts with
 * word spaces form words; each Han, Hiragana, Katakana or Thai character is a token of its own, as
 * is usual for token F1 on Japanese question answering, so that one measure serves both languages
 * without a segmenter. English articles are dropped as in SQuAD's evaluation (Rajpurkar et al.
 * 2016).
 */
public final class AnswerTokens {
  private static final List<String> ARTICLES = List.of("a", "an", "the");

  private AnswerTokens() {}

  /** The tokens of a text in order; empty for a text without letters or digits. */
  public static List<String> of(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    List<String> tokens = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    folded
        .codePoints()
        .forEach(
            c -> {
              if (standsAlone(c)) {
                flush(word, tokens);
                tokens.add(Character.toString(c));
              } else if (Character.isLetterOrDigit(c)) {
                word.appendCodePoint(c);
              } else {
                flush(word, tokens);
              }
            });
    flush(word, tokens);
    return List.copyOf(tokens);
  }

  private static void flush(StringBuilder word, List<String> tokens) {
    if (word.length() > 0) {
      String token = word.toString();
      if (!ARTICLES.contains(token)) {
        tokens.add(token);
      }
      word.setLength(0);
    }
  }

  private static boolean standsAlone(int codePoint) {
    if (!Character.isLetterOrDigit(codePoint)) {
      return false;
    }
    return switch (Character.UnicodeScript.of(codePoint)) {
      case HAN, HIRAGANA, KATAKANA, THAI -> true;
      // the prolonged sound mark belongs to no single script
      default -> codePoint == 'ー';
    };
  }
}
