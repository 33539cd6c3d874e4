package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.Arrays;

/**
 * Which three characters follow each other in right Japanese text. Hiragana stand for themselves,
 * all other characters for their kind (kanji, katakana, Latin letters and digits, others), and at
 * least two of the three are hiragana.
 */
final class KanaSequences {

  /** Sequences of lower rank were counted often. */
  static final int OFTEN = 9_160;

  private static final int KATAKANA = 'ん' - 'ぁ' + 1;
  private static final int KANJI = KATAKANA + 1;
  private static final int LATIN = KATAKANA + 2;
  private static final int OTHER = KATAKANA + 3;
  private static final int SYMBOLS = KATAKANA + 4;

  private static final char UNSEEN = Character.MAX_VALUE;

  /** The symbol of every character. */
  private static final byte[] SYMBOL = new byte[Character.MAX_VALUE + 1];

  static {
    for (int c = 0; c < SYMBOL.length; c++) {
      SYMBOL[c] = (byte) symbolOf((char) c);
    }
  }

  /** The rank of each sequence, the most frequent one's is 0. */
  private final char[] ranks = new char[SYMBOLS * SYMBOLS * SYMBOLS];

  private KanaSequences() {
    Arrays.fill(ranks, UNSEEN);
    char rank = 0;
    for (String line : WordList.load("kana-trigrams.txt")) {
      ranks[index(symbolAt(line, 0), symbolAt(line, 1), symbolAt(line, 2))] = rank++;
    }
  }

  private static final class Holder {
    static final KanaSequences INSTANCE = new KanaSequences();
  }

  /** Loaded when the first text is corrected. */
  static KanaSequences instance() {
    return Holder.INSTANCE;
  }

  /** Whether three symbols, two of them hiragana, never follow each other. */
  boolean isOdd(int first, int second, int third) {
    return hiragana(first, second, third) >= 2 && ranks[index(first, second, third)] == UNSEEN;
  }

  /**
   * The rank of the rarest sequence that a text gets when {@code to} stands for its characters from
   * {@code start} to {@code end}; at least {@link #OFTEN} if one is not usual.
   */
  int rarest(String text, int start, int end, String to) {
    int rarest = 0;
    for (int i = start - 2; i < start + to.length() && rarest < OFTEN; i++) {
      int first = replaced(text, start, end, to, i);
      int second = replaced(text, start, end, to, i + 1);
      int third = replaced(text, start, end, to, i + 2);
      if (hiragana(first, second, third) >= 2) {
        rarest = Math.max(rarest, ranks[index(first, second, third)]);
      }
    }
    return rarest;
  }

  private static int replaced(String text, int start, int end, String to, int index) {
    if (index < start) {
      return symbolAt(text, index);
    }
    return index < start + to.length()
        ? symbol(to.charAt(index - start))
        : symbolAt(text, index - to.length() + end - start);
  }

  private static int hiragana(int first, int second, int third) {
    return (first < KATAKANA ? 1 : 0) + (second < KATAKANA ? 1 : 0) + (third < KATAKANA ? 1 : 0);
  }

  private static int index(int first, int second, int third) {
    return (first * SYMBOLS + second) * SYMBOLS + third;
  }

  /** The symbol of the character at an index; before and behind the text it is "other". */
  static int symbolAt(String text, int index) {
    return index < 0 || index >= text.length() ? OTHER : symbol(text.charAt(index));
  }

  private static int symbol(char c) {
    return SYMBOL[c];
  }

  private static int symbolOf(char c) {
    if (isHiragana(c)) {
      return c - 'ぁ';
    }
    if (c >= 'ァ' && c <= 'ヺ' || c == 'ー') {
      return KATAKANA;
    }
    if (c >= '一' && c <= '龥' || c == '々') {
      return KANJI;
    }
    return isLatin(c) ? LATIN : OTHER;
  }

  static boolean isHiragana(String text, int index) {
    return index >= 0 && index < text.length() && isHiragana(text.charAt(index));
  }

  static boolean isHiragana(char c) {
    return c >= 'ぁ' && c <= 'ん';
  }

  /** Letters and digits of ASCII, also full-width ones. */
  static boolean isLatin(char c) {
    char narrow = narrow(c);
    return narrow >= '0' && narrow <= '9'
        || narrow >= 'a' && narrow <= 'z'
        || narrow >= 'A' && narrow <= 'Z';
  }

  static boolean isOther(char c) {
    return symbol(c) == OTHER;
  }

  /** A full-width character in ASCII. */
  static char narrow(char c) {
    return c >= '！' && c <= '～' ? (char) (c - '！' + '!') : c;
  }
}
