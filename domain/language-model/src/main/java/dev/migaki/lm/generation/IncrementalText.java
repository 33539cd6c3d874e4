package dev.migaki.lm.generation;

import dev.migaki.lm.tokenizer.TokenBytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Turns tokens into text as they come, whole characters only.
 *
 * <p>A Japanese character is three bytes and a token may hold one of them; and a text that could
 * become a stop text must wait. So what is released is the text up to the last complete character
 * that cannot begin a stop text.
 */
final class IncrementalText {

  private final TokenBytes vocabulary;
  private final List<String> stop;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final StringBuilder text = new StringBuilder();
  private boolean first = true;
  private int released;
  private boolean stopped;

  IncrementalText(TokenBytes vocabulary, List<String> stop) {
    this.vocabulary = vocabulary;
    this.stop = stop;
  }

  /**
   * Adds a token.
   *
   * @return the text that became certain, possibly empty
   */
  String add(int token) {
    if (!vocabulary.isSpecial(token)) {
      byte[] bytes = vocabulary.of(token);
      int skipped =
          first && vocabulary.stripsFirstSpace() && bytes.length > 0 && bytes[0] == ' ' ? 1 : 0;
      first = false;
      pending.write(bytes, skipped, bytes.length - skipped);
      settle();
    }
    return release(false);
  }

  /** The rest, when no token will follow; an unfinished character is dropped, not shown broken. */
  String finish() {
    pending.reset();
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

  /** Moves whole characters from the bytes to the text; invalid bytes become U+FFFD. */
  private void settle() {
    byte[] bytes = pending.toByteArray();
    int complete = bytes.length - unfinished(bytes);
    if (complete > 0) {
      text.append(new String(bytes, 0, complete, StandardCharsets.UTF_8));
      pending.reset();
      pending.write(bytes, complete, bytes.length - complete);
    }
  }

  /** Number of bytes at the end that begin a character which more bytes may complete. */
  private static int unfinished(byte[] bytes) {
    for (int back = 1; back <= Math.min(3, bytes.length); back++) {
      int value = bytes[bytes.length - back] & 0xFF;
      if (value >= 0xC0) {
        int needed = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
        return value < 0xF8 && needed > back ? back : 0;
      }
      if (value < 0x80) {
        return 0;
      }
    }
    return 0;
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
