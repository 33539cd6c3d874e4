package dev.migaki.documents;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One structural piece of a document, in reading order.
 *
 * <p>Structure survives parsing because the question-and-answer extractors live from it: a heading
 * that asks, a table with an answer column, a turn of a customer.
 */
public sealed interface Block {

  /** 1-based page, slide or sheet that holds the block; 0 where the format has none. */
  int page();

  /** The block's text as it appears in {@link ParsedDocument#text()}. */
  String text();

  /** The same block with every piece of its text (cells, speaker, messages) replaced. */
  Block mapText(UnaryOperator<String> mapping);

  /** Who speaks in a {@link Turn}. */
  enum Role {
    CUSTOMER,
    AGENT,
    OTHER
  }

  /**
   * @param level 1 (the title) to 6
   */
  record Heading(int level, String text, int page) implements Block {
    public Heading {
      requireNonNull(text, "text");
      if (level < 1 || level > 6) {
        throw new IllegalArgumentException("level must be 1 to 6: " + level);
      }
      requirePage(page);
    }

    @Override
    public Heading mapText(UnaryOperator<String> mapping) {
      return new Heading(level, mapping.apply(text), page);
    }
  }

  /** Running text; line breaks inside are the author's, not the layout's. */
  record Paragraph(String text, int page) implements Block {
    public Paragraph {
      requireNonNull(text, "text");
      requirePage(page);
    }

    @Override
    public Paragraph mapText(UnaryOperator<String> mapping) {
      return new Paragraph(mapping.apply(text), page);
    }
  }

  /**
   * @param depth 0 for an item of the outermost list
   */
  record ListItem(String text, int depth, int page) implements Block {
    public ListItem {
      requireNonNull(text, "text");
      if (depth < 0) {
        throw new IllegalArgumentException("depth must not be negative: " + depth);
      }
      requirePage(page);
    }

    @Override
    public ListItem mapText(UnaryOperator<String> mapping) {
      return new ListItem(mapping.apply(text), depth, page);
    }
  }

  /**
   * Rows of cells; rows may differ in length.
   *
   * @param hasHeader whether the first row names the columns
   */
  record Table(List<List<String>> rows, boolean hasHeader, int page) implements Block {
    public Table {
      rows = rows.stream().map(List::copyOf).toList();
      requirePage(page);
    }

    /** Cells joined by {@code " | "}, rows by line feeds. */
    @Override
    public String text() {
      return rows.stream().map(row -> String.join(" | ", row)).collect(Collectors.joining("\n"));
    }

    @Override
    public Table mapText(UnaryOperator<String> mapping) {
      return new Table(
          rows.stream().map(row -> row.stream().map(mapping).toList()).toList(), hasHeader, page);
    }
  }

  /** Source code, commands, configuration: never repaired or respelled. */
  record Code(String text, int page) implements Block {
    public Code {
      requireNonNull(text, "text");
      requirePage(page);
    }

    @Override
    public Code mapText(UnaryOperator<String> mapping) {
      return new Code(mapping.apply(text), page);
    }
  }

  /**
   * One contribution to a chat, call transcript or mail thread, oldest first.
   *
   * @param speaker the name or label as written; personal data more often than not
   */
  record Turn(Role role, @Nullable String speaker, String text, int page) implements Block {
    public Turn {
      requireNonNull(role, "role");
      requireNonNull(text, "text");
      requirePage(page);
    }

    @Override
    public Turn mapText(UnaryOperator<String> mapping) {
      String mappedSpeaker = speaker == null ? null : mapping.apply(speaker);
      return new Turn(role, mappedSpeaker, mapping.apply(text), page);
    }
  }

  /**
   * A pair that the format itself declares (FAQPage, details/summary, question and answer columns).
   */
  record QuestionAnswer(String question, String answer, int page) implements Block {
    public QuestionAnswer {
      requireNonNull(question, "question");
      requireNonNull(answer, "answer");
      requirePage(page);
    }

    /** Question, line feed, answer. */
    @Override
    public String text() {
      return question + "\n" + answer;
    }

    @Override
    public QuestionAnswer mapText(UnaryOperator<String> mapping) {
      return new QuestionAnswer(mapping.apply(question), mapping.apply(answer), page);
    }
  }

  /**
   * A line of OpenAI chat or preference JSONL: already an example, kept as it is.
   *
   * @param messages the conversation; its last message is the answer (the preferred one)
   * @param rejected the answer that is not preferred, empty for plain chats; one without text when
   *     the line has only one usable answer
   */
  record Chat(List<Message> messages, List<Message> rejected, int page) implements Block {
    public Chat {
      messages = List.copyOf(messages);
      rejected = List.copyOf(rejected);
      requirePage(page);
    }

    /** A chat without an answer that is not preferred. */
    public Chat(List<Message> messages, int page) {
      this(messages, List.of(), page);
    }

    /** The messages' contents, one after the other, separated by line feeds. */
    @Override
    public String text() {
      return Stream.concat(messages.stream(), rejected.stream())
          .map(Message::content)
          .collect(Collectors.joining("\n"));
    }

    @Override
    public Chat mapText(UnaryOperator<String> mapping) {
      return new Chat(mapped(messages, mapping), mapped(rejected, mapping), page);
    }

    private static List<Message> mapped(List<Message> messages, UnaryOperator<String> mapping) {
      return messages.stream()
          .map(
              message ->
                  new Message(message.role(), mapping.apply(message.content()), message.weight()))
          .toList();
    }
  }

  /**
   * @param role {@code system}, {@code user} or {@code assistant}
   * @param weight OpenAI's: 1, or 0 for an answer that is context and not to be learned
   */
  record Message(String role, String content, int weight) {
    public Message {
      requireNonNull(role, "role");
      requireNonNull(content, "content");
      if (weight != 0 && weight != 1) {
        throw new IllegalArgumentException("weight must be 0 or 1: " + weight);
      }
    }

    /** A message that counts. */
    public Message(String role, String content) {
      this(role, content, 1);
    }
  }

  private static void requirePage(int page) {
    if (page < 0) {
      throw new IllegalArgumentException("page must not be negative: " + page);
    }
  }
}
