package dev.migaki.lm.tokenizer;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Text to token ids and back, by a {@code tokenizer.json} of the Hugging Face layout. Thread-safe.
 */
public final class TextTokenizer implements AutoCloseable {

  // the library truncates silently at 512 tokens unless told otherwise
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer delegate;
  private final TokenizerFiles files;

  private TextTokenizer(HuggingFaceTokenizer delegate, TokenizerFiles files) {
    this.delegate = delegate;
    this.files = files;
  }

  /**
   * @throws InvalidModelException when the file is missing or no tokenizer of byte pairs
   */
  public static TextTokenizer load(Path file) {
    TokenizerFiles files = TokenizerFiles.read(file, TokenizerFiles.TemplateSource.CHATML_FALLBACK);
    try {
      return new TextTokenizer(HuggingFaceTokenizer.newInstance(file, OPTIONS), files);
    } catch (IOException | RuntimeException e) {
      throw new InvalidModelException(
          "Cannot read the tokenizer " + file + ": " + e.getMessage(), e);
    }
  }

  /** Number of token ids; a model's embedding has at least as many rows. */
  public int vocabularySize() {
    return files.vocabularySize();
  }

  /**
   * @param rows rows of the model's embedding
   * @throws InvalidModelException when a token id has no row
   */
  public void requireFits(int rows) {
    files.requireFits(rows);
  }

  /** The id of a special token, such as {@code <|im_end|>}. */
  public OptionalInt specialToken(String content) {
    Integer id = specialTokens().get(content);
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Special tokens and their ids. */
  public Map<String, Integer> specialTokens() {
    return files.specialTokens();
  }

  /** Token ids of {@code text}; special tokens written in the text become their ids. */
  public int[] encode(String text) {
    return narrow(delegate.encode(text, false, false).getIds());
  }

  /**
   * Token ids and where in the text each token stands.
   *
   * @param ids of {@link #encode}
   * @param starts first character (UTF-16) of each token
   * @param ends behind the last one; several tokens may stand for one character
   */
  record Placed(int[] ids, int[] starts, int[] ends) {

    int size() {
      return ids.length;
    }

    int start(int token) {
      return starts[token];
    }

    int end(int token) {
      return ends[token];
    }
  }

  Placed place(String text) {
    Encoding encoding = delegate.encode(text, false, false);
    // the library counts code points
    int[] offsets = new int[text.codePointCount(0, text.length()) + 1];
    for (int i = 1; i < offsets.length; i++) {
      offsets[i] = text.offsetByCodePoints(offsets[i - 1], 1);
    }
    CharSpan[] spans = encoding.getCharTokenSpans();
    int[] starts = new int[spans.length];
    int[] ends = new int[spans.length];
    int last = 0;
    for (int i = 0; i < spans.length; i++) {
      // a token that stands for no character stands behind the one before it
      starts[i] = spans[i] == null ? last : offsets[spans[i].getStart()];
      ends[i] = spans[i] == null ? last : offsets[spans[i].getEnd()];
      last = ends[i];
    }
    return new Placed(narrow(encoding.getIds()), starts, ends);
  }

  private static int[] narrow(long[] ids) {
    int[] narrow = new int[ids.length];
    for (int i = 0; i < ids.length; i++) {
      narrow[i] = Math.toIntExact(ids[i]);
    }
    return narrow;
  }

  /** The text of {@code ids}; special tokens are left out. */
  public String decode(int[] ids) {
    return decode(ids, true);
  }

  /** The text of {@code ids}. */
  public String decode(int[] ids, boolean skipSpecialTokens) {
    long[] wide = new long[ids.length];
    for (int i = 0; i < ids.length; i++) {
      wide[i] = ids[i];
    }
    return delegate.decode(wide, skipSpecialTokens);
  }

  @Override
  public void close() {
    delegate.close();
  }
}
