package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A run of Latin, Greek or Cyrillic letters, with inner apostrophes and hyphens, outside any
 * digits.
 */
final class LatinWord {

  private final String surface;
  private final String lower;
  private final int start;
  private final int end;
  private final int lexicon;

  private LatinWord(String surface, int start, int end) {
    this.surface = surface;
    this.lower = surface.toLowerCase(Locale.ROOT);
    this.start = start;
    this.end = end;
    this.lexicon = EnglishNames.lexicon(lower);
  }

  String surface() {
    return surface;
  }

  String lower() {
    return lower;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  /** What the word lists know of it, as bits of {@link EnglishNames}; looked up once. */
  boolean is(int bit) {
    return (lexicon & bit) != 0;
  }

  /** Whether no list knows it, neither as a name nor as a word or place. */
  boolean isUnknown() {
    return lexicon == 0;
  }

  static List<LatinWord> split(String text) {
    List<LatinWord> words = new ArrayList<>();
    int length = text.length();
    int i = 0;
    while (i < length) {
      if (!isLetter(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < length && (isLetter(text.charAt(i)) || joins(text, i))) {
        i++;
      }
      boolean code = start > 0 && isCodeChar(text.charAt(start - 1));
      code |= i < length && isCodeChar(text.charAt(i));
      if (!code) {
        int end = i;
        if (end - start > 2 && text.startsWith("'s", end - 2)) {
          end -= 2;
        }
        words.add(new LatinWord(text.substring(start, end), start, end));
      }
    }
    return words;
  }

  private static boolean joins(String text, int index) {
    char c = text.charAt(index);
    return (c == '\'' || c == '-') && index + 1 < text.length() && isLetter(text.charAt(index + 1));
  }

  private static boolean isCodeChar(char c) {
    return c >= '0' && c <= '9' || c == '_' || c == '@' || c == '/' || c == '\\' || c == '$';
  }

  static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= 'À' && c <= 'ɏ' && c != '×' && c != '÷'
        || c >= 'Ά' && c <= 'ԯ' && Character.isLetter(c)
        || c >= 'Ḁ' && c <= 'ỿ';
  }

  boolean isCapitalized() {
    return Character.isUpperCase(surface.charAt(0)) && !isAllCaps();
  }

  /** al-Rashidi, el-Sayed, d'Alessio: a family name whose particle is joined to it. */
  boolean hasJoinedParticle() {
    int joint = Math.max(surface.indexOf('-'), surface.indexOf('\''));
    return joint >= 1
        && joint <= 2
        && surface.length() > joint + 3
        && Character.isLowerCase(surface.charAt(0))
        && Character.isUpperCase(surface.charAt(joint + 1));
  }

  boolean isAllCaps() {
    if (surface.length() < 2) {
      return false;
    }
    for (int i = 0; i < surface.length(); i++) {
      if (Character.isLowerCase(surface.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  boolean isInitial() {
    return surface.length() == 1 && Character.isUpperCase(surface.charAt(0));
  }

  boolean isLowerCase() {
    return surface.equals(lower);
  }
}
