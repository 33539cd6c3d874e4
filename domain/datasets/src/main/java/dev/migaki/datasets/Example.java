package dev.migaki.datasets;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A conversation worth training on: one question and its answer, or several turns of them.
 *
 * <p>The id depends on document and content alone, so the same document gives the same examples in
 * whatever order and however often it arrives.
 *
 * @param language BCP 47 tag of question and answer, which agree
 * @param messages ends in the assistant's
 * @param nonPreferred another answer in place of the last message, which people like less; null for
 *     an ordinary conversation
 * @param extractor name of the rule that found it, or of the template that made it
 * @param derivedFrom id of the original that a variation was made from
 */
public record Example(
    String id,
    String language,
    List<Message> messages,
    @Nullable String nonPreferred,
    @Nullable Source source,
    String extractor,
    Kind kind,
    @Nullable String derivedFrom) {
  /** The rule that makes a question of a heading and takes the section below it for the answer. */
  public static final String SECTION_RULE = "heading-template";

  private static final String TEACHER_RULE = "teacher:";

  private static final Set<String> PASSAGE_RULES =
      Set.of(SECTION_RULE, "dialogue", "dialogue-opening", "mail-thread", "mail-thread-opening");

  public Example {
    requireNonNull(id, "id");
    requireNonNull(language, "language");
    messages = List.copyOf(messages);
    requireNonNull(extractor, "extractor");
    requireNonNull(kind, "kind");
    if (messages.size() < 2 || messages.get(messages.size() - 1).role() != Message.Role.ASSISTANT) {
      throw new IllegalArgumentException("an example ends in an answer to a question");
    }
  }

  /** Where an example comes from. */
  public enum Kind {
    /** Found in a document. */
    ORIGINAL,
    /** The same answer to another wording of the question. */
    VARIATION,
    /** A question that the documents do not answer, and the honest reply. */
    DECLINE
  }

  /** An example as a document holds it. */
  public static Example original(
      String language, List<Message> messages, Source source, String extractor) {
    return original(language, messages, null, source, extractor);
  }

  /** An example as a document holds it, with the answer that is not preferred. */
  public static Example original(
      String language,
      List<Message> messages,
      @Nullable String nonPreferred,
      Source source,
      String extractor) {
    String id = idOf("original", source.documentId(), language, messages, nonPreferred);
    return new Example(
        id, language, messages, nonPreferred, source, extractor, Kind.ORIGINAL, null);
  }

  /** This example with its question asked in other words. */
  public Example variation(String question, String template) {
    List<Message> asked = List.of(Message.user(question), Message.assistant(answer()));
    return new Example(
        idOf("variation", id, language, asked, null),
        language,
        asked,
        null,
        source,
        template,
        Kind.VARIATION,
        id);
  }

  /** A question outside the documents and the reply that admits it. */
  public static Example decline(String language, String question, String reply, String template) {
    List<Message> asked = List.of(Message.user(question), Message.assistant(reply));
    String id = idOf("decline", "", language, asked, null);
    return new Example(id, language, asked, null, null, template, Kind.DECLINE, null);
  }

  /**
   * A pair that a teacher proposed and that its source proves.
   *
   * @param source of the evidence
   */
  public static Example taught(
      String language, String question, String answer, Source source, String model) {
    List<Message> messages = List.of(Message.user(question), Message.assistant(answer));
    return original(language, messages, source, TEACHER_RULE + model);
  }

  /** The model that proposed the pair; empty for what the document says itself. */
  public Optional<String> teacher() {
    return extractor.startsWith(TEACHER_RULE)
        ? Optional.of(extractor.substring(TEACHER_RULE.length()))
        : Optional.empty();
  }

  /** Whether the answer is a section, a mail or a turn of talk: not an entry of an FAQ. */
  public boolean isPassage() {
    return PASSAGE_RULES.contains(extractor);
  }

  /** The last thing the user says. */
  public String question() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Message.Role.USER) {
        return messages.get(i).content();
      }
    }
    throw new IllegalStateException("an example without a user message: " + id);
  }

  /** The last thing the assistant says. */
  public String answer() {
    return messages.get(messages.size() - 1).content();
  }

  /** Whether it is one question and one answer, with or without a system message before them. */
  public boolean isSingleTurn() {
    List<Message.Role> roles =
        messages.stream().map(Message::role).filter(role -> role != Message.Role.SYSTEM).toList();
    return roles.equals(List.of(Message.Role.USER, Message.Role.ASSISTANT));
  }

  /** What the answers are to: the messages without the last one. */
  public List<Message> prompt() {
    return messages.subList(0, messages.size() - 1);
  }

  /** Every text of it, the answer that is not preferred included. */
  public List<String> texts() {
    Stream<String> said = messages.stream().map(Message::content);
    return Stream.concat(said, Stream.ofNullable(nonPreferred)).toList();
  }

  /** Everything the user says, in order. */
  public List<String> userTexts() {
    return messages.stream()
        .filter(message -> message.role() == Message.Role.USER)
        .map(Message::content)
        .toList();
  }

  /** Shape only: the text is never printed. */
  @Override
  public String toString() {
    return "Example[id=%s, language=%s, messages=%d, kind=%s]"
        .formatted(id, language, messages.size(), kind);
  }

  private static String idOf(
      String kind,
      String origin,
      String language,
      List<Message> messages,
      @Nullable String nonPreferred) {
    ContentHash hash = ContentHash.of(kind).add(origin).add(language);
    for (Message message : messages) {
      hash.add(message.role().wireName()).add(message.content());
      if (message.weight() == 0) {
        hash.add("weight").add("0");
      }
    }
    if (nonPreferred != null) {
      hash.add("non-preferred").add(nonPreferred);
    }
    return hash.hex().substring(0, 32);
  }
}
