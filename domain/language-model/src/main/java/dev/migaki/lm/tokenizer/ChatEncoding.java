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
 * <p>The conversation is rendered and encoded as a whole, as transformers' {@code
 * apply_chat_template} does it, and the prompt of a generation is, token by token, what stood
 * before the answer in training. Special tokens written by a user inside a message are broken up,
 * so that a document cannot pretend to be another speaker.
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

  /**
   * All messages as segments, in order. The tokens are those of the conversation as a whole; only
   * where the prompt of an answer would be other tokens by itself, the text is parted there.
   *
   * @throws InvalidModelException when an answer cannot be told from what the template writes
   */
  public List<Segment> segments(List<ChatMessage> messages) {
    RenderedChat chat = RenderedChat.of(template, clean(messages));
    List<Segment> segments = new ArrayList<>();
    int from = 0;
    for (RenderedChat.Span answer : chat.answers()) {
      if (answer != null && !keepsPrompt(chat.text(), from, answer.from())) {
        label(chat, from, answer.from(), segments);
        from = answer.from();
      }
    }
    label(chat, from, chat.text().length(), segments);
    return segments;
  }

  /** Whether the tokens up to {@code to} are the same with and without what follows. */
  private boolean keepsPrompt(String text, int from, int to) {
    int[] alone = tokenizer.encode(text.substring(from, to));
    int[] whole = tokenizer.encode(text.substring(from));
    return alone.length <= whole.length
        && Arrays.equals(alone, 0, alone.length, whole, 0, alone.length);
  }

  /** Adds a stretch of the conversation as segments: neighbours of one part are one. */
  private void label(RenderedChat chat, int from, int to, List<Segment> segments) {
    TextTokenizer.Placed placed = tokenizer.place(chat.text().substring(from, to));
    int begin = 0;
    while (begin < placed.size()) {
      Owner owner = owner(chat, from + placed.start(begin), from + placed.end(begin));
      int end = begin + 1;
      while (end < placed.size()
          && owner.equals(owner(chat, from + placed.start(end), from + placed.end(end)))) {
        end++;
      }
      segments.add(
          new Segment(Arrays.copyOfRange(placed.ids(), begin, end), owner.message(), owner.part()));
      begin = end;
    }
  }

  private record Owner(int message, Part part) {}

  /** Markup belongs to the message that it stands in front of, at the end to the last one. */
  private static Owner owner(RenderedChat chat, int start, int end) {
    int next = chat.contents().size() - 1;
    for (int i = chat.contents().size() - 1; i >= 0; i--) {
      RenderedChat.Span answer = chat.answers().get(i);
      RenderedChat.Span content = chat.contents().get(i);
      if (answer != null && start >= answer.from() && start < answer.to()) {
        return new Owner(i, Part.ANSWER);
      }
      if (answer == null && content != null && content.overlaps(start, end)) {
        return new Owner(i, Part.QUESTION);
      }
      RenderedChat.Span stands = answer == null ? content : answer;
      next = stands != null && stands.from() >= start ? i : next;
    }
    return new Owner(next, Part.MARKUP);
  }

  /** Tokens that ask the model to continue as the assistant. */
  public int[] prompt(List<ChatMessage> messages) {
    return tokenizer.encode(template.render(clean(messages), true));
  }

  private List<ChatMessage> clean(List<ChatMessage> messages) {
    return messages.stream()
        .map(message -> new ChatMessage(message.role(), withoutMarkers(message.content())))
        .toList();
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
      if (!marker.isEmpty() && clean.contains(marker)) {
        clean = clean.replace(marker, marker.charAt(0) + " " + marker.substring(1));
      }
    }
    return clean;
  }
}
