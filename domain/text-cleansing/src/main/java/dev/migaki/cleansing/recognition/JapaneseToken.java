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
    return surface.codePoints().allMatch(c -> Character.isIdeographic(c) || c == '々' || c == 'ヶ');
  }

  public boolean isKatakana() {
    return surface.codePoints().allMatch(c -> c >= 'ァ' && c <= 'ヿ');
  }

  boolean isHiragana() {
    return surface.codePoints().allMatch(c -> c >= 'ぁ' && c <= 'ん' || c == 'ー');
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
