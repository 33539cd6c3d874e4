package dev.migaki.lm.tokenizer;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.InvalidModelException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A conversation as its template writes it, and where in that text each message stands.
 *
 * <p>The whole conversation is rendered at once, as it is everywhere else: a template may write a
 * system prompt into the last question, or leave out what an earlier answer thought. Where the
 * messages stand is found by rendering it again with a mark in the place of each message; what is
 * left between the marks is the template's own.
 *
 * @param text the conversation
 * @param contents by message; null where the template writes it otherwise or not at all
 * @param answers by message, with the marker that ends the turn and without the blanks behind it;
 *     null for other roles
 */
record RenderedChat(String text, List<@Nullable Span> contents, List<@Nullable Span> answers) {

  private static final char OPEN = '\uE000';
  private static final char CLOSE = '\uE001';

  /** Characters of the text, the end exclusive. */
  record Span(int from, int to) {

    boolean overlaps(int start, int end) {
      return end > from && start < to;
    }
  }

  /**
   * @throws InvalidModelException when an answer cannot be told from what the template writes
   */
  static RenderedChat of(ChatTemplate template, List<ChatMessage> messages) {
    List<ChatMessage> marked = marked(messages);
    String text = template.render(messages, false);
    String marks = template.render(marked, false);
    int last = messages.size() - 1;
    if (last > 0 && isAnswer(messages.get(last))) {
      String prompt = template.render(messages.subList(0, last), true);
      Span content = contents(messages, text, marks).get(last);
      if (!text.startsWith(prompt) && content != null) {
        // some write the last question otherwise once it is answered: it stays as it was asked
        String marksPrompt = template.render(marked.subList(0, last), true);
        String lead = lead(marksPrompt, marks, marks.indexOf(mark(last)));
        text = prompt + lead + text.substring(content.from());
        marks = marksPrompt + lead + marks.substring(marks.indexOf(mark(last)));
      }
    }
    List<@Nullable Span> contents = contents(messages, text, marks);
    List<@Nullable Span> answers = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      answers.add(
          isAnswer(messages.get(i)) ? answer(template, messages, i, text, contents.get(i)) : null);
    }
    return new RenderedChat(text, contents, answers);
  }

  private static boolean isAnswer(ChatMessage message) {
    return message.role().equals("assistant");
  }

  /** What stands between the end of the prompt and the answer, such as a blank. */
  private static String lead(String prompt, String marks, int answer) {
    String behind = prompt.substring(prompt.lastIndexOf(CLOSE) + 1);
    String between = marks.substring(marks.lastIndexOf(CLOSE, answer) + 1, answer);
    return between.startsWith(behind) ? between.substring(behind.length()) : "";
  }

  private static Span answer(
      ChatTemplate template,
      List<ChatMessage> messages,
      int index,
      String text,
      @Nullable Span content) {
    int from =
        beginning(template, messages.subList(0, index), true, text)
            .orElse(content == null ? -1 : content.from());
    int to =
        beginning(template, messages.subList(0, index + 1), false, text)
            .orElseGet(
                () -> content == null ? -1 : ending(template, messages, index, text, content));
    while (to > from && Character.isWhitespace(text.charAt(to - 1))) {
      to--;
    }
    if (from < 0 || to < from) {
      throw new InvalidModelException(
          "The chat template does not write message "
              + (index + 1)
              + " (assistant) as it stands: nothing tells where this answer begins and ends; leave"
              + " the message out, or use the template of another model of the family");
    }
    return new Span(from, to);
  }

  /** Length of the text's beginning that these messages are, where they are its beginning. */
  private static Optional<Integer> beginning(
      ChatTemplate template, List<ChatMessage> messages, boolean askForAnswer, String text) {
    if (messages.isEmpty()) {
      return Optional.empty();
    }
    try {
      String rendered = template.render(messages, askForAnswer);
      return text.startsWith(rendered) ? Optional.of(rendered.length()) : Optional.empty();
    } catch (InvalidModelException e) {
      // a template may refuse a conversation that ends here and yet write the longer one
      return Optional.empty();
    }
  }

  /** The end of an answer's content, with what the template puts behind the last of an answer. */
  private static int ending(
      ChatTemplate template, List<ChatMessage> messages, int index, String text, Span content) {
    List<ChatMessage> until = messages.subList(0, index + 1);
    String marks = template.render(marked(until), false);
    int mark = marks.lastIndexOf(mark(index));
    String behind = mark < 0 ? "" : marks.substring(mark + mark(index).length()).stripTrailing();
    return text.startsWith(behind, content.to()) ? content.to() + behind.length() : content.to();
  }

  private static List<@Nullable Span> contents(
      List<ChatMessage> messages, String text, String marks) {
    List<Integer> order = new ArrayList<>();
    List<@Nullable Span> spans = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      spans.add(null);
      if (marks.contains(mark(i))) {
        order.add(i);
      }
    }
    order.sort(Comparator.comparingInt(i -> marks.indexOf(mark(i))));
    int at = 0;
    int in = 0;
    for (int k = 0; k < order.size(); k++) {
      String mark = mark(order.get(k));
      int next = marks.indexOf(mark, in);
      String before = marks.substring(in, next);
      if (!text.startsWith(before, at)) {
        return spans;
      }
      at += before.length();
      in = next + mark.length();
      int end = k + 1 < order.size() ? marks.indexOf(mark(order.get(k + 1)), in) : marks.length();
      String content = messages.get(order.get(k)).content();
      int to = end(text, at, content, marks.substring(in, end), end == marks.length());
      if (to < 0) {
        return spans;
      }
      spans.set(order.get(k), new Span(at, to));
      at = to;
    }
    return spans;
  }

  /**
   * Where a content that begins at {@code at} ends: as it is, stripped, or where markup goes on.
   */
  private static int end(String text, int at, String content, String behind, boolean last) {
    for (String written : List.of(content, content.strip())) {
      if (text.startsWith(written, at) && text.startsWith(behind, at + written.length())) {
        return at + written.length();
      }
    }
    if (last) {
      return text.endsWith(behind) && text.length() - behind.length() >= at
          ? text.length() - behind.length()
          : -1;
    }
    return behind.isEmpty() ? -1 : text.indexOf(behind, at);
  }

  private static List<ChatMessage> marked(List<ChatMessage> messages) {
    List<ChatMessage> marked = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      marked.add(new ChatMessage(messages.get(i).role(), mark(i)));
    }
    return marked;
  }

  /** Characters of private use, which no template looks for. */
  private static String mark(int message) {
    return OPEN + Integer.toString(message) + CLOSE;
  }
}
