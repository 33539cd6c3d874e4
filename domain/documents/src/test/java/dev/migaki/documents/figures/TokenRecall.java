package dev.migaki.documents.figures;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The share of expected tokens that a text holds, counted as often as they are expected. A token is
 * a run of letters and digits, after NFKC and lower-casing, or one ideograph or kana.
 */
final class TokenRecall {

  private static final Pattern TOKEN =
      Pattern.compile(
          "[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|[\\p{L}\\p{M}\\p{N}&&[^\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]]+");
  private static final Pattern COMMENT = Pattern.compile("(?s)<!--.*?-->");
  private static final Pattern DATA_URI = Pattern.compile("data:[\\w/+.-]+;base64,[\\w+/=.]*");
  private static final Pattern TARGET =
      Pattern.compile("\\]\\((?:<[^>]*>|[^)\\s]*)(?:\\s+\"[^\"]*\")?\\)");
  private static final Pattern TAG = Pattern.compile("</?[a-zA-Z][^>\\n]{0,200}>");

  private TokenRecall() {}

  /** Without comments, targets of links and pictures, and tags: what a reader sees. */
  static String visible(String markdown) {
    String text = COMMENT.matcher(markdown).replaceAll(" ");
    text = DATA_URI.matcher(text).replaceAll(" ");
    text = TARGET.matcher(text).replaceAll("] ");
    text = TAG.matcher(text).replaceAll(" ");
    return text.replace("\\", "").replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">");
  }

  static double of(String expected, String actual) {
    Map<String, Integer> available = new HashMap<>();
    tokens(actual).forEach(token -> available.merge(token, 1, Integer::sum));
    List<String> wanted = tokens(expected).toList();
    int found = 0;
    for (String token : wanted) {
      if (available.merge(token, -1, Integer::sum) >= 0) {
        found++;
      }
    }
    return wanted.isEmpty() ? 1 : (double) found / wanted.size();
  }

  /** Expected tokens that are not there, in order, for a person who looks into it. */
  static List<String> missing(String expected, String actual) {
    Map<String, Integer> available = new HashMap<>();
    tokens(actual).forEach(token -> available.merge(token, 1, Integer::sum));
    return tokens(expected).filter(token -> available.merge(token, -1, Integer::sum) < 0).toList();
  }

  private static Stream<String> tokens(String text) {
    String folded = Normalizer.normalize(text, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return TOKEN.matcher(folded).results().map(MatchResult::group);
  }
}
