package dev.migaki.datasets.quality;

import dev.migaki.cleansing.recognition.KeywordMatcher;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Measures of one text that tell damaged and empty ones: repetition, share of letters, length of
 * sentences, phrases that stand on every page.
 */
final class TextShape {
  private static final int LEAST_SENTENCES = 4;
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

  /** One of these words, in lower case, is in every phrase of {@link #FRAME}. */
  private static final KeywordMatcher FRAME_WORDS =
      KeywordMatcher.of(
          List.of(
              "all rights",
              "©",
              "cookie",
              "privacy policy",
              "terms of",
              "skip to",
              "our newsletter",
              "follow us",
              "share this",
              "back to top",
              "click here",
              "print this page",
              "read more",
              "login",
              "log in",
              "sign up",
              "search",
              "home",
              "contact us",
              "sitemap",
              "site map",
              "previous",
              "next",
              "無断転載",
              "クッキー",
              "プライバシーポリシー",
              "利用規約",
              "サイトマップ",
              "ページの先頭へ",
              "トップページ",
              "ホーム",
              "ログイン",
              "会員登録",
              "お問い合わせはこちら",
              "メルマガ登録",
              "この記事をシェア",
              "前のページ",
              "次のページ",
              "もっと見る",
              "一覧に戻る"));

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
    List<String> pieces = sentences(text);
    if (pieces.size() < LEAST_SENTENCES) {
      return 0;
    }
    List<String> sentences =
        pieces.stream().map(TextFold::fold).filter(sentence -> sentence.length() > 5).toList();
    Set<String> distinct = new HashSet<>(sentences);
    return sentences.size() < LEAST_SENTENCES ? 0 : 1 - (double) distinct.size() / sentences.size();
  }

  /** Pieces that end behind 。！？!? and line feeds, and behind a full stop before white space. */
  private static List<String> sentences(String text) {
    List<String> pieces = new ArrayList<>();
    int start = 0;
    for (int i = 1; i < text.length(); i++) {
      char before = text.charAt(i - 1);
      boolean stop = before == '.' && isSpace(text.charAt(i));
      if ((stop || "。！？!?\n".indexOf(before) >= 0) && i > start) {
        pieces.add(text.substring(start, i));
        start = stop ? i + 1 : i;
      }
    }
    if (start < text.length()) {
      pieces.add(text.substring(start));
    }
    return pieces;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }

  /**
   * As the repetition rule of Gopher (Rae et al. 2021): characters in n-grams that came before. The
   * grams that were seen lie in an open hash table, by the place where they first stood.
   */
  private static double repeatedGrams(String folded) {
    int grams = folded.length() - GRAM + 1;
    int[] table = new int[Integer.highestOneBit(grams) * 4];
    int repeated = 0;
    for (int i = 0; i < grams; i++) {
      int hash = 0;
      for (int c = i; c < i + GRAM; c++) {
        hash = hash * 31 + folded.charAt(c);
      }
      int slot = (hash ^ hash >>> 15) & table.length - 1;
      while (table[slot] != 0 && !folded.regionMatches(table[slot] - 1, folded, i, GRAM)) {
        slot = slot + 1 & table.length - 1;
      }
      if (table[slot] == 0) {
        table[slot] = i + 1;
      } else {
        repeated++;
      }
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
    return sentences(text).stream().mapToInt(String::length).max().orElse(0);
  }

  /** Whether hardly anything is left without the phrases of page frames. */
  static boolean isFrame(String text) {
    if (!mayHoldFrame(text)) {
      return false;
    }
    String rest = FRAME.matcher(text).replaceAll(" ");
    int before = TextFold.fold(text).length();
    int after = TextFold.fold(rest).length();
    return before >= 8 && after * 5 < before;
  }

  /** Whether a word stands in the text without which no phrase of {@link #FRAME} can. */
  private static boolean mayHoldFrame(String text) {
    boolean[] found = new boolean[1];
    FRAME_WORDS.scan(text.toLowerCase(Locale.ROOT), (start, end, word) -> found[0] = true);
    return found[0];
  }
}
