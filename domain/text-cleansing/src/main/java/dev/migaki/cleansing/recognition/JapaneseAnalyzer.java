package dev.migaki.cleansing.recognition;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
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

  /**
   * The morphemes of a text, in order; blanks between them are morphemes, too. Rare variants
   * outside the Basic Multilingual Plane (𠮷) stand in the surfaces in their plain form (吉);
   * offsets are the text's.
   */
  public static List<JapaneseToken> tokens(String text) {
    List<JapaneseToken> tokens = new ArrayList<>(text.length() / 2 + 1);
    JapaneseTokenizer tokenizer = TOKENIZER.get();
    try {
      Compact compact = Compact.of(text);
      tokenizer.setReader(new StringReader(compact.text()));
      CharTermAttribute term = tokenizer.getAttribute(CharTermAttribute.class);
      OffsetAttribute offset = tokenizer.getAttribute(OffsetAttribute.class);
      PartOfSpeechAttribute speech = tokenizer.getAttribute(PartOfSpeechAttribute.class);
      tokenizer.reset();
      while (tokenizer.incrementToken()) {
        String partOfSpeech = speech.getPartOfSpeech();
        tokens.add(
            new JapaneseToken(
                term.toString(),
                compact.original(offset.startOffset()),
                compact.original(offset.endOffset()),
                partOfSpeech == null ? "" : partOfSpeech));
      }
      tokenizer.end();
      tokenizer.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return tokens;
  }

  /**
   * The text with one character for each pair of {@link KanjiVariants}.
   *
   * @param ends where the characters of pairs end in the compact text, rising
   */
  private record Compact(String text, List<Integer> ends) {

    static Compact of(String text) {
      StringBuilder compact = null;
      List<Integer> ends = new ArrayList<>();
      for (int i = 0; i < text.length(); i++) {
        if (KanjiVariants.isPair(text, i)) {
          if (compact == null) {
            compact = new StringBuilder(text.length()).append(text, 0, i);
          }
          compact.append(KanjiVariants.ofPair(text, i));
          ends.add(compact.length());
          i++;
        } else if (compact != null) {
          compact.append(text.charAt(i));
        }
      }
      return new Compact(compact == null ? text : compact.toString(), ends);
    }

    int original(int offset) {
      if (ends.isEmpty()) {
        return offset;
      }
      int pairs = Collections.binarySearch(ends, offset);
      return offset + (pairs >= 0 ? pairs + 1 : -pairs - 1);
    }
  }
}
