package dev.migaki.datasets.augmentation;

import dev.migaki.cleansing.recognition.JapaneseAnalyzer;
import dev.migaki.cleansing.recognition.JapaneseToken;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.similarity.ContentTerms;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The words of an answer that somebody could type into a search box. Japanese ones are whole
 * compounds (商品到着後, 14日以内, お問い合わせ): a run of kanji alone would be a torn word.
 */
final class AnswerWords {

  private AnswerWords() {}

  /** In the answer's order, each once, none with a placeholder. */
  static List<String> of(String answer, String language) {
    return language.equals(TextLanguage.JAPANESE)
        ? japanese(Normalizer.normalize(answer, Normalizer.Form.NFKC))
        : ContentTerms.inOrder(answer).stream().filter(word -> !word.startsWith("<")).toList();
  }

  private static List<String> japanese(String answer) {
    Set<String> words = new LinkedHashSet<>();
    List<JapaneseToken> tokens = JapaneseAnalyzer.tokens(answer);
    int index = 0;
    while (index < tokens.size()) {
      int end = index;
      if (begins(tokens.get(index))) {
        end++;
        while (end < tokens.size() && continues(tokens.get(end))) {
          end++;
        }
      }
      if (end > index) {
        String word = answer.substring(tokens.get(index).start(), tokens.get(end - 1).end());
        if (isWord(word) && isNoun(tokens.get(end - 1))) {
          words.add(word);
        }
      }
      index = Math.max(end, index + 1);
    }
    return new ArrayList<>(words);
  }

  /** No placeholder, no number or sign alone, and something that a question can be about. */
  private static boolean isWord(String word) {
    return word.chars().noneMatch(c -> c == '<' || c == '>')
        && word.codePoints().anyMatch(Character::isLetter)
        && !ContentTerms.of(word).isEmpty();
  }

  private static boolean begins(JapaneseToken token) {
    String speech = token.partOfSpeech();
    return speech.startsWith("接頭詞-名詞接続")
        || isNoun(token) && !speech.startsWith("名詞-接尾") && !speech.startsWith("名詞-非自立");
  }

  private static boolean continues(JapaneseToken token) {
    return isNoun(token) && !token.partOfSpeech().equals("名詞-非自立-一般");
  }

  private static boolean isNoun(JapaneseToken token) {
    String speech = token.partOfSpeech();
    return speech.startsWith("名詞")
        && !speech.startsWith("名詞-代名詞")
        && !speech.startsWith("名詞-ナイ形容詞語幹")
        && !token.surface().isBlank();
  }
}
