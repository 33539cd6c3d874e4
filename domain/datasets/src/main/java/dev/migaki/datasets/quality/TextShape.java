package dev.migaki.datasets.quality;

import dev.migaki.datasets.similarity.TextFold;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Measures of one text that tell damaged and empty ones: repetition, share of letters, length of
 * sentences, phrases that stand on every page.
 */
final class TextShape {
  private static final Pattern SENTENCE_END = Pattern.compile("(?<=[。！？!?\n])|(?<=[.])\\s");
  private static final int GRAM = 12;
  private static final int LEAST_CHARACTERS = 60;

  /** Phrases of page frames and notices; a text made of them answers nothing. */
  private static final Pattern FRAME =
      Pattern.compile(
          "(?i)(all rights reserved|copyright ©|©\\s*[0-9]{4}|we use cookies[^.]*|accept (all"
              + " )?cookies|cookie (settings|policy)|privacy policy|terms of (use|service)|skip to"
              + " (main )?content|subscribe to our newsletter|follow us on [a-z, ]+|share this"
              + " (page|article)|back to top|click here|print this page|read more|log ?in|sign"
              + " up|search|home|contact us|site ?map|previous|next"
              + "|無断転載を禁じます|無断転載禁止|クッキー(の設定|を使用)[^。]*|プライバシーポリシー|利用規約|サイトマップ|ページの先頭へ(戻る)?"
              + "|トップページ|ホーム|ログイン|会員登録|お問い合わせはこちら|メルマガ登録|この記事をシェア|前のページ|次のページ|もっと見る|一覧に戻る)");

  private TextShape() {}

  /** Share of a text that repeats what it said before, 0 to 1; 0 for short texts. */
  static double repetition(String text) {
    String folded = TextFold.fold(text);
    if (folded.length() < LEAST_CHARACTERS) {
      return 0;
    }
    return Math.max(repeatedSentences(text), repeatedGrams(folded));
  }

  private static double repeatedSentences(String text) {
    List<String> sentences =
        Stream.of(SENTENCE_END.split(text))
            .map(TextFold::fold)
            .filter(sentence -> sentence.length() > 5)
            .toList();
    Set<String> distinct = new HashSet<>(sentences);
    return sentences.size() < 4 ? 0 : 1 - (double) distinct.size() / sentences.size();
  }

  /** As the repetition rule of Gopher (Rae et al. 2021): characters in n-grams that came before. */
  private static double repeatedGrams(String folded) {
    Map<String, Integer> seen = new HashMap<>();
    int repeated = 0;
    int grams = folded.length() - GRAM + 1;
    for (int i = 0; i < grams; i++) {
      repeated += seen.merge(folded.substring(i, i + GRAM), 1, Integer::sum) > 1 ? 1 : 0;
    }
    return (double) repeated / grams;
  }

  /** Share of letters and digits among what is no blank, 0 to 1; 1 for an empty text. */
  static double letters(String text) {
    long visible = text.codePoints().filter(c -> !Character.isWhitespace(c)).count();
    long letters = text.codePoints().filter(Character::isLetterOrDigit).count();
    return visible == 0 ? 1 : (double) letters / visible;
  }

  /** Characters of the longest sentence. */
  static int longestSentence(String text) {
    return Stream.of(SENTENCE_END.split(text)).mapToInt(String::length).max().orElse(0);
  }

  /** Whether hardly anything is left without the phrases of page frames. */
  static boolean isFrame(String text) {
    String rest = FRAME.matcher(text).replaceAll(" ");
    int before = TextFold.fold(text).length();
    int after = TextFold.fold(rest).length();
    return before >= 8 && after * 5 < before;
  }
}
