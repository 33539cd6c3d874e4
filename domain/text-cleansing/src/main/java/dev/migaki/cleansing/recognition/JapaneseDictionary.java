package dev.migaki.cleansing.recognition;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.ja.dict.TokenInfoDictionary;
import org.apache.lucene.analysis.ja.dict.TokenInfoFST;
import org.apache.lucene.util.IntsRef;
import org.apache.lucene.util.fst.FST;

/**
 * What IPADIC, the dictionary of {@link JapaneseAnalyzer}, knows a spelling as. The analyser shows
 * one reading of a text; a name that it cut in pieces is often an entry all the same.
 */
final class JapaneseDictionary {

  static final int FAMILY = 1;
  static final int GIVEN = 2;

  /** A name in full, or one of which IPADIC does not say what part it is. */
  static final int PERSON = 4;

  static final int PLACE = 8;

  /** An ordinary noun, verb, adjective or adverb. */
  static final int WORD = 16;

  static final int OTHER = 32;

  private static final TokenInfoDictionary DICTIONARY = TokenInfoDictionary.getInstance();

  private JapaneseDictionary() {}

  /** The sum of all kinds that the spelling has; 0 if it is no entry. */
  static int kinds(String spelling) {
    TokenInfoFST fst = DICTIONARY.getFST();
    FST.BytesReader reader = fst.getBytesReader();
    FST.Arc<Long> arc = fst.getFirstArc(new FST.Arc<>());
    int output = 0;
    try {
      for (int i = 0; i < spelling.length(); i++) {
        if (fst.findTargetArc(spelling.charAt(i), arc, arc, i == 0, reader) == null) {
          return 0;
        }
        output += arc.output().intValue();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (spelling.isEmpty() || !arc.isFinal()) {
      return 0;
    }
    IntsRef words = new IntsRef();
    DICTIONARY.lookupWordIds(output + arc.nextFinalOutput().intValue(), words);
    int kinds = 0;
    for (int i = 0; i < words.length; i++) {
      kinds |= kind(DICTIONARY.getPartOfSpeech(words.ints[words.offset + i]));
    }
    return kinds;
  }

  static boolean is(String spelling, int kind) {
    return (kinds(spelling) & kind) != 0;
  }

  private static int kind(String partOfSpeech) {
    if (partOfSpeech.startsWith("名詞-固有名詞")) {
      if (partOfSpeech.endsWith("人名-姓")) {
        return FAMILY;
      }
      if (partOfSpeech.endsWith("人名-名")) {
        return GIVEN;
      }
      if (partOfSpeech.contains("人名")) {
        return PERSON;
      }
      return partOfSpeech.contains("地域") ? PLACE : OTHER;
    }
    boolean word =
        partOfSpeech.startsWith("名詞-一般")
            || partOfSpeech.startsWith("名詞-サ変")
            || partOfSpeech.startsWith("名詞-形容")
            || partOfSpeech.startsWith("名詞-副詞")
            || partOfSpeech.startsWith("名詞-ナイ")
            || partOfSpeech.startsWith("動詞")
            || partOfSpeech.startsWith("形容詞")
            || partOfSpeech.startsWith("副詞");
    return word ? WORD : OTHER;
  }
}
