package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.JapaneseAnalyzer;
import dev.migaki.cleansing.recognition.JapaneseToken;
import java.util.List;
import java.util.Set;

/**
 * Whether a stretch of one text is a word there, in a script without blanks between words.
 *
 * <p>Latin words end where letters and digits do. A katakana word ends where katakana does, or
 * where another known word of a compound begins (メール|サーバ; not サーバ|ント, and not フィルタ|リング, which is
 * one word). Elsewhere the morphological analysis decides, and kanji before a noun is taken for the
 * first part of a compound (支払|額), which may be spelled otherwise. Names are no words.
 *
 * <p>Only the sentence around a stretch is analysed, at most 1,000 characters on either side.
 */
final class WordBorders {

  private static final int WINDOW = 1_000;
  private static final int SHORTEST_PART = 3;

  /** Of other words than "ring": filtering, monitoring, clustering. */
  private static final String ING = "リング";

  private static final String IN_NAMES_OF_CODE = "_-/\\@.#$=";

  private final String text;
  private int from;
  private int to;
  private List<JapaneseToken> tokens = List.of();

  WordBorders(String text) {
    this.text = text;
  }

  /**
   * @param own words that may be other parts of a katakana compound, besides the known ones
   */
  boolean isWord(int start, int end, Set<String> own) {
    return startsWord(start, own)
        && endsWord(end, own)
        && !isInsideKanji(start, end)
        && !isName(start, end);
  }

  /** Whether the morpheme that begins here is of the part of speech, by the prefix of its name. */
  boolean isPartOfSpeech(int start, String prefix) {
    if (start >= text.length()) {
      return false;
    }
    analyse(start, start + 1);
    return tokens.stream()
        .anyMatch(t -> t.start() + from == start && t.partOfSpeech().startsWith(prefix));
  }

  private boolean startsWord(int start, Set<String> own) {
    int first = text.codePointAt(start);
    int before = start > 0 ? text.codePointBefore(start) : ' ';
    if (isKatakana(first)) {
      return !isKatakana(before) || isKnown(text.substring(katakanaStart(start), start), own);
    }
    return isLatin(first) ? !continuesLatin(before) : isBorder(start);
  }

  private boolean endsWord(int end, Set<String> own) {
    int last = text.codePointBefore(end);
    int after = end < text.length() ? text.codePointAt(end) : ' ';
    if (Character.getType(after) == Character.NON_SPACING_MARK) {
      return false;
    }
    if (isKatakana(last)) {
      if (!isKatakana(after)) {
        return true;
      }
      String rest = text.substring(end, katakanaEnd(end));
      return !rest.equals(ING) && isKnown(rest, own);
    }
    if (isLatin(last)) {
      return !continuesLatin(after);
    }
    return isBorder(end) && !(isKanji(last) && isPartOfSpeech(end, "名詞"));
  }

  private static boolean isKnown(String part, Set<String> own) {
    return own.contains(part)
        || part.length() >= SHORTEST_PART && KatakanaSpeller.instance().isListed(part);
  }

  /** One kanji between others is a part of their word. */
  private boolean isInsideKanji(int start, int end) {
    return start > 0
        && text.codePointCount(start, end) == 1
        && isKanji(text.codePointAt(start))
        && isKanji(text.codePointBefore(start));
  }

  /**
   * Whether the stretch holds the name of a person or place; a part of a katakana word (スマート|ホン) is
   * none.
   */
  boolean isName(int start, int end) {
    analyse(start, end);
    return tokens.stream()
        .filter(token -> token.isPerson() || token.isPlace())
        .anyMatch(
            token -> {
              int first = token.start() + from;
              int last = token.end() + from;
              return token.isKatakana()
                  ? first <= start && end <= last
                  : first < end && start < last;
            });
  }

  private boolean isBorder(int index) {
    analyse(Math.max(0, index - 1), Math.min(text.length(), index + 1));
    return tokens.stream()
        .anyMatch(token -> token.start() + from == index || token.end() + from == index);
  }

  private void analyse(int start, int end) {
    if (start >= from && end <= to) {
      return;
    }
    int first = start;
    while (first > 0 && start - first < WINDOW && !endsSentence(text.charAt(first - 1))) {
      first--;
    }
    int last = end;
    while (last < text.length() && last - end < WINDOW && !endsSentence(text.charAt(last - 1))) {
      last++;
    }
    from = first;
    to = last;
    tokens = JapaneseAnalyzer.tokens(text.substring(from, to));
  }

  private static boolean endsSentence(char c) {
    return c == '\n' || c == '。';
  }

  private int katakanaStart(int index) {
    int start = index;
    while (start > 0 && isKatakana(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private int katakanaEnd(int index) {
    int end = index;
    while (end < text.length() && isKatakana(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static boolean isKatakana(int c) {
    return c >= 'ァ' && c <= 'ヺ' || c == 'ー' || c == 'ヽ' || c == 'ヾ';
  }

  private static boolean isKanji(int c) {
    return Character.isIdeographic(c) || c == '々';
  }

  private static boolean isLatin(int c) {
    return c < 0x250 && Character.isLetterOrDigit(c);
  }

  private static boolean continuesLatin(int c) {
    return isLatin(c) || IN_NAMES_OF_CODE.indexOf(c) >= 0;
  }
}
