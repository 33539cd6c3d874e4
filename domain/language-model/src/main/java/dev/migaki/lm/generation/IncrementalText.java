package dev.migaki.lm.generation;

import dev.migaki.lm.tokenizer.TextTokenizer;
import java.util.Arrays;
import java.util.List;

/**
 * Turns tokens into text as they come, whole characters only.
 *
 * <p>A Japanese character is three bytes and a token may hold one of them; and a text that could
 * become a stop text must wait. So what is released is the text up to the last complete character
 * that cannot begin a stop text.
 */
final class IncrementalText {

  private static final char REPLACEMENT = '\uFFFD';

  private final TextTokenizer tokenizer;
  private final List<String> stop;
  private int[] tokens = new int[0];
  private int settledTokens;
  private final StringBuilder text = new StringBuilder();
  private int released;
  private boolean stopped;

  IncrementalText(TextTokenizer tokenizer, List<String> stop) {
    this.tokenizer = tokenizer;
    this.stop = stop;
  }

  /**
   * Adds a token.
   *
   * @return the text that became certain, possibly empty
   */
  String add(int token) {
    tokens = Arrays.copyOf(tokens, tokens.length + 1);
    tokens[tokens.length - 1] = token;
    String pending = tokenizer.decode(Arrays.copyOfRange(tokens, settledTokens, tokens.length));
    if (!pending.isEmpty()
        && pending.charAt(pending.length() - 1) == REPLACEMENT
        && tokens.length - settledTokens < 5) {
      return "";
    }
    text.append(pending);
    settledTokens = tokens.length;
    return release(false);
  }

  /** The rest, when no token will follow. */
  String finish() {
    if (!stopped && settledTokens < tokens.length) {
      // an unfinished character at the very end is dropped, not shown broken
      text.append(
          tokenizer
              .decode(Arrays.copyOfRange(tokens, settledTokens, tokens.length))
              .replace(String.valueOf(REPLACEMENT), ""));
      settledTokens = tokens.length;
    }
    return release(true);
  }

  /** Whether a stop text came up. */
  boolean stopped() {
    return stopped;
  }

  /** All text so far that is certain. */
  String text() {
    return text.substring(0, released);
  }

  private String release(boolean last) {
    if (stopped) {
      return "";
    }
    int end = text.length();
    for (String candidate : stop) {
      int found = text.indexOf(candidate, Math.max(0, released - candidate.length()));
      if (found >= 0 && found <= end) {
        end = Math.max(found, released);
        stopped = true;
      }
    }
    if (!stopped && !last) {
      end = Math.min(end, text.length() - longestStopPrefix());
    }
    String piece = text.substring(released, Math.max(released, end));
    released = Math.max(released, end);
    return piece;
  }

  /** Length of the longest end of the text that could begin a stop text. */
  private int longestStopPrefix() {
    int longest = 0;
    for (String candidate : stop) {
      for (int length = Math.min(candidate.length() - 1, text.length());
          length > longest;
          length--) {
        if (candidate.startsWith(text.substring(text.length() - length))) {
          longest = length;
        }
      }
    }
    return longest;
  }
}
