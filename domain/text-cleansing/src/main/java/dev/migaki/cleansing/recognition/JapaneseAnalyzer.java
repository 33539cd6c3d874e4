package dev.migaki.cleansing.recognition;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.ja.JapaneseTokenizer;
import org.apache.lucene.analysis.ja.tokenattributes.PartOfSpeechAttribute;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Kuromoji with IPADIC, one tokenizer per thread.
 *
 * <p>A tokenizer holds buffers and is not thread-safe; the dictionary behind it is shared.
 */
public final class JapaneseAnalyzer {

  private static final ThreadLocal<JapaneseTokenizer> TOKENIZER =
      ThreadLocal.withInitial(
          () -> new JapaneseTokenizer(null, false, JapaneseTokenizer.Mode.NORMAL));

  private JapaneseAnalyzer() {}

  /** The morphemes of a text, in order; blanks between them are morphemes, too. */
  public static List<JapaneseToken> tokens(String text) {
    List<JapaneseToken> tokens = new ArrayList<>(text.length() / 2 + 1);
    JapaneseTokenizer tokenizer = TOKENIZER.get();
    try {
      tokenizer.setReader(new StringReader(text));
      CharTermAttribute term = tokenizer.getAttribute(CharTermAttribute.class);
      OffsetAttribute offset = tokenizer.getAttribute(OffsetAttribute.class);
      PartOfSpeechAttribute speech = tokenizer.getAttribute(PartOfSpeechAttribute.class);
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        String partOfSpeech = speech.getPartOfSpeech();
        tokens.add(
            new JapaneseToken(
                term.toString(),
                offset.startOffset(),
                offset.endOffset(),
                partOfSpeech == null ? "" : partOfSpeech));
      }
      tokenizer.end();
      tokenizer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tokens;
  }
}
