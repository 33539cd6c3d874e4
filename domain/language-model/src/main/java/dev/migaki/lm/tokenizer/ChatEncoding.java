package dev.migaki.lm.tokenizer;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.InvalidModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Conversations as tokens, with the knowledge of who wrote what.
 *
 * <p>The template is rendered message by message and what it added is encoded separately: so the
 * prompt of a generation is, token by token, what stood before the answer in training. Special
 * tokens written by a user inside a message are broken up, so that a document cannot pretend to be
 * another speaker.
 */
public final class ChatEncoding {

  /** Ends a document. */
  public static final String END_OF_TEXT = "<|endoftext|>";

  private final TextTokenizer tokenizer;
  private final ChatTemplate template;

  public ChatEncoding(TextTokenizer tokenizer, ChatTemplate template) {
    this.tokenizer = tokenizer;
    this.template = template;
  }

  /** The encoding of a model directory: its own template, else ChatML. */
  public static ChatEncoding load(Path directory, TextTokenizer tokenizer) {
    return new ChatEncoding(
        tokenizer, JinjaChatTemplate.load(directory).orElseGet(ChatTemplate::chatMl));
  }

  /** The tokenizer behind the template. */
  public TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** What a stretch of tokens is. */
  public enum Part {
    /** Role names, separators and end markers that the model does not produce. */
    MARKUP,
    /** What a user or the system wrote. */
    QUESTION,
    /** What the assistant wrote, with the marker that ends its turn. */
    ANSWER
  }

  /**
   * A stretch of tokens.
   *
   * @param tokens ids
   * @param message index of the message that it belongs to
   * @param part what it is
   */
  public record Segment(int[] tokens, int message, Part part) {}

  /** All messages as segments, in order. */
  public List<Segment> segments(List<ChatMessage> messages) {
    List<ChatMessage> clean =
        messages.stream()
            .map(message -> new ChatMessage(message.role(), withoutMarkers(message.content())))
            .toList();
    List<Segment> segments = new ArrayList<>();
    String done = "";
    for (int i = 0; i < clean.size(); i++) {
      if (clean.get(i).role().equals("assistant")) {
        String prompt = template.render(clean.subList(0, i), true);
        add(segments, added(done, prompt), i, Part.MARKUP);
        done = template.render(clean.subList(0, i + 1), false);
        addAnswer(segments, added(prompt, done), i);
      } else {
        String next = template.render(clean.subList(0, i + 1), false);
        addQuestion(segments, added(done, next), clean.get(i).content(), i);
        done = next;
      }
    }
    return segments;
  }

  /** Tokens that ask the model to continue as the assistant. */
  public int[] prompt(List<ChatMessage> messages) {
    List<ChatMessage> clean =
        messages.stream()
            .map(message -> new ChatMessage(message.role(), withoutMarkers(message.content())))
            .toList();
    List<Segment> segments = segments(messages);
    add(
        segments,
        added(template.render(clean, false), template.render(clean, true)),
        messages.size(),
        Part.MARKUP);
    return join(segments);
  }

  private static String added(String before, String after) {
    if (!after.startsWith(before)) {
      throw new InvalidModelException(
          "The chat template rewrites earlier messages when later ones are added; such templates"
              + " are not supported");
    }
    return after.substring(before.length());
  }

  private void add(List<Segment> segments, String text, int message, Part part) {
    if (!text.isEmpty()) {
      segments.add(new Segment(tokenizer.encode(text), message, part));
    }
  }

  private void addQuestion(List<Segment> segments, String text, String content, int message) {
    int start = content.isEmpty() ? -1 : text.indexOf(content);
    if (start < 0) {
      add(segments, text, message, Part.MARKUP);
      return;
    }
    add(segments, text.substring(0, start), message, Part.MARKUP);
    add(segments, content, message, Part.QUESTION);
    add(segments, text.substring(start + content.length()), message, Part.MARKUP);
  }

  /**
   * The marker that ends the turn is learned with the answer, what the template puts behind it (a
   * line break) is not.
   */
  private void addAnswer(List<Segment> segments, String text, int message) {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    add(segments, text.substring(0, end), message, Part.ANSWER);
    add(segments, text.substring(end), message, Part.MARKUP);
  }

  /** The tokens of all segments, one after the other. */
  public static int[] join(List<Segment> segments) {
    return segments.stream().flatMapToInt(segment -> Arrays.stream(segment.tokens())).toArray();
  }

  /** The content with special tokens broken up. */
  public String withoutMarkers(String content) {
    String clean = content;
    for (Map.Entry<String, Integer> special : tokenizer.specialTokens().entrySet()) {
      String marker = special.getKey();
      if (clean.contains(marker)) {
        clean = clean.replace(marker, marker.charAt(0) + " " + marker.substring(1));
      }
    }
    return clean;
  }
}
