package dev.migaki.lm.tokenizer;

import dev.migaki.lm.ChatMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * ChatML: {@code <|im_start|>role\ncontent<|im_end|>\n} per message, and {@code <|im_start|>assistant\n} to ask for an answer.
 *
 * <p>Special tokens written by a user inside a message are broken up, so that a document cannot pretend to be another speaker.
 */
public final class ChatEncoding {

  /** Ends a document. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  private static final String START = "<|im_start|>";
  private static final String END = "<|im_end|>";

  private final TextTokenizer tokenizer;

  public ChatEncoding(TextTokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /**
   * A stretch of tokens.
   *
   * @param tokens ids
   * @param message index of the message it belongs to
   * @param answer whether the assistant produces it: content and end marker of an assistant message
   */
  public record Segment(int[] tokens, int message, boolean answer) {}

  /** All messages as segments, in order. */
  public List<Segment> segments(List<ChatMessage> messages) {
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      ChatMessage message = messages.get(i);
      String opening = START + message.role() + "\n";
      if (message.role().equals("assistant")) {
        segments.add(new Segment(tokenizer.encode(opening), i, false));
        segments.add(new Segment(tokenizer.encode(withoutMarkers(message.content()) + END), i, true));
        segments.add(new Segment(tokenizer.encode("\n"), i, false));
      } else {
        segments.add(new Segment(tokenizer.encode(opening + withoutMarkers(message.content()) + END + "\n"), i, false));
      }
    }
    return segments;
  }

  /** Tokens that ask the model to continue as the assistant. */
  public int[] prompt(List<ChatMessage> messages) {
    List<Segment> segments = new ArrayList<>(segments(messages));
    segments.add(new Segment(tokenizer.encode(START + "assistant\n"), messages.size(), false));
    return join(segments);
  }

  /** The tokens of all segments, one after the other. */
  public static int[] join(List<Segment> segments) {
    return segments.stream().flatMapToInt(segment -> java.util.Arrays.stream(segment.tokens())).toArray();
  }

  /** The content with special tokens broken up. */
  public String withoutMarkers(String content) {
    if (!content.contains("<|")) {
      return content;
    }
    String clean = content;
    for (Map.Entry<String, Integer> special : tokenizer.specialTokens().entrySet()) {
      clean = clean.replace(special.getKey(), "< " + special.getKey().substring(1));
    }
    return clean;
  }
}
