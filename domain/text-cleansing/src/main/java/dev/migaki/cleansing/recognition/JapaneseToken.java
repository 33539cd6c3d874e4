package dev.migaki.cleansing.recognition;

import java.util.List;

/** A morpheme with its IPADIC part of speech, e.g. {@code 名詞-固有名詞-人名-姓}. */
public record JapaneseToken(String surface, int start, int end, String partOfSpeech) {

  public boolean isPerson() {
    return partOfSpeech.startsWith("名詞-固有名詞-人名");
  }

  boolean isFamilyName() {
    return partOfSpeech.equals("名詞-固有名詞-人名-姓");
  }

  boolean isGivenName() {
    return partOfSpeech.equals("名詞-固有名詞-人名-名");
  }

  public boolean isPlace() {
    return partOfSpeech.startsWith("名詞-固有名詞-地域");
  }

  boolean isProper() {
    return partOfSpeech.startsWith("名詞-固有名詞");
  }

  boolean isNoun() {
    return partOfSpeech.startsWith("名詞");
  }

  boolean isUnknownLike() {
    return partOfSpeech.equals("名詞-一般") || partOfSpeech.equals("名詞-固有名詞-組織");
  }

  boolean isParticle() {
    return partOfSpeech.startsWith("助詞");
  }

  boolean isSpace() {
    return surface.isBlank();
  }

  int length() {
    return end - start;
  }

  boolean isHan() {
    for (int i = 0; i < surface.length(); i++) {
      int c = surface.codePointAt(i);
      if (!Character.isIdeographic(c) && c != '々' && c != 'ヶ') {
        return false;
      }
      i += c > 0xFFFF ? 1 : 0;
    }
    return true;
  }

  public boolean isKatakana() {
    for (int i = 0; i < surface.length(); i++) {
      char c = surface.charAt(i);
      if (c < 'ァ' || c > 'ヿ') {
        return false;
      }
    }
    return true;
  }

  boolean isHiragana() {
    for (int i = 0; i < surface.length(); i++) {
      char c = surface.charAt(i);
      if ((c < 'ぁ' || c > 'ん') && c != 'ー') {
        return false;
      }
    }
    return true;
  }

  /** Index of the last token that ends at {@code end} or before it; -1 if none does. */
  static int lastEndingBy(List<JapaneseToken> tokens, int end) {
    int low = 0;
    int high = tokens.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (tokens.get(middle).end() <= end) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low - 1;
  }
}
