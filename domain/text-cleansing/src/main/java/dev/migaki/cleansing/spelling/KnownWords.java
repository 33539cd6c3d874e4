package dev.migaki.cleansing.spelling;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ja.tokenattributes.ReadingAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** Asks the morphological dictionary (IPADIC) whether a word stands in it. */
final class KnownWords {

  private static final ThreadLocal<JapaneseTokenizer> TOKENIZER =
      ThreadLocal.withInitial(
          () -> new JapaneseTokenizer(null, false, JapaneseTokenizer.Mode.NORMAL));

  private KnownWords() {}

  /** Whether the whole word is one entry, and not made of several or guessed. */
  static boolean isOneWord(String word) {
    JapaneseTokenizer tokenizer = TOKENIZER.get();
    try {
      tokenizer.setReader(new StringReader(word));
      tokenizer.reset();
      boolean known =
          tokenizer.incrementToken()
              && tokenizer.getAttribute(CharTermAttribute.class).length() == word.length()
              && tokenizer.getAttribute(ReadingAttribute.class).getReading() != null;
      while (tokenizer.incrementToken()) {
        known = false;
      }
      tokenizer.end();
      tokenizer.close();
      return known;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
