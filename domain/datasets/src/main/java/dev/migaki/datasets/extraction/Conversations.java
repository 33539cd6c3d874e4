package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Chats, call transcripts and mail threads: the customer asks, the agent answers. Greetings,
 * signatures, quotes and waiting phrases go, turns of one speaker are joined, and what nobody
 * resolved is dropped. Several rounds stay one conversation of several turns.
 */
final class Conversations implements ExtractionRule {
  private static final int LEAST_ANSWER_CHARACTERS = 6;
  private static final Pattern URL = Pattern.compile("https?://\\S+");

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    String name = document.mediaType().startsWith("message/") ? "mail-thread" : "dialogue";
    int i = 0;
    while (i < document.size()) {
      if (!(document.block(i) instanceof Block.Turn)) {
        i++;
        continue;
      }
      int end = i;
      while (end < document.size() && document.block(end) instanceof Block.Turn) {
        end++;
      }
      Candidate conversation = read(document, name, i, end);
      candidates.add(conversation);
      opening(name, conversation.messages(), i, end - 1).ifPresent(candidates::add);
      document.take(i, end - 1);
      i = end;
    }
    return candidates;
  }

  private static Candidate read(DocumentView document, String name, int first, int end) {
    List<Block.Turn> turns = new ArrayList<>();
    for (int i = first; i < end; i++) {
      turns.add((Block.Turn) document.block(i));
    }
    List<Message> messages = resolved(joined(withRoles(turns)));
    return messages.isEmpty()
        ? Candidate.rejected(name, RejectReason.NO_RESOLUTION, first, end - 1)
        : new Candidate(name, messages, null, first, end - 1, null);
  }

  /**
   * The first round of a longer conversation as a pair of its own: nothing was said before it, so
   * it needs no context. Later rounds may.
   */
  static Optional<Candidate> opening(
      String name, List<Message> messages, int firstBlock, int lastBlock) {
    List<Message> turns =
        messages.stream().filter(message -> message.role() != Message.Role.SYSTEM).toList();
    if (turns.size() <= 2 || !isAnswer(turns.get(1)) || turns.get(0).role() != Message.Role.USER) {
      return Optional.empty();
    }
    return Optional.of(
        Candidate.pair(
            name + "-opening",
            turns.get(0).content(),
            turns.get(1).content(),
            firstBlock,
            lastBlock));
  }

  /** Whoever opens an unlabelled conversation asks; everybody else answers. */
  private static List<Block.Turn> withRoles(List<Block.Turn> turns) {
    boolean labelled =
        turns.stream().anyMatch(turn -> turn.role() == Block.Role.CUSTOMER)
            && turns.stream().anyMatch(turn -> turn.role() == Block.Role.AGENT);
    if (labelled) {
      return turns.stream().filter(turn -> turn.role() != Block.Role.OTHER).toList();
    }
    String asker = turns.get(0).speaker();
    return turns.stream()
        .map(
            turn ->
                new Block.Turn(
                    Objects.equals(turn.speaker(), asker) ? Block.Role.CUSTOMER : Block.Role.AGENT,
                    turn.speaker(),
                    turn.text(),
                    turn.page()))
        .toList();
  }

  private static List<Message> joined(List<Block.Turn> turns) {
    List<Message> messages = new ArrayList<>();
    for (Block.Turn turn : turns) {
      boolean agent = turn.role() == Block.Role.AGENT;
      String text = agent ? Courtesy.answerOf(turn.text()) : Courtesy.questionOf(turn.text());
      Message.Role role = agent ? Message.Role.ASSISTANT : Message.Role.USER;
      if (text.isBlank()) {
        continue;
      }
      int last = messages.size() - 1;
      if (last >= 0 && messages.get(last).role() == role) {
        messages.set(last, new Message(role, messages.get(last).content() + "\n" + text));
      } else {
        messages.add(new Message(role, text));
      }
    }
    return messages;
  }

  /** From the first question to the last answer that says something; empty if there is none. */
  private static List<Message> resolved(List<Message> messages) {
    int start = 0;
    while (start < messages.size() && messages.get(start).role() != Message.Role.USER) {
      start++;
    }
    int end = messages.size();
    while (end > start && !isAnswer(messages.get(end - 1))) {
      end--;
    }
    boolean usable = end - start >= 2 && saysSomething(messages.get(start).content());
    return usable ? List.copyOf(messages.subList(start, end)) : List.of();
  }

  /** A subject line alone, or what a system puts above a comment, opens no conversation. */
  private static boolean saysSomething(String opening) {
    String text = URL.matcher(opening).replaceAll(" ").strip();
    boolean wide = text.codePoints().anyMatch(c -> c >= 0x3041);
    boolean enough = wide ? text.length() >= 6 : text.split("\\s+").length >= 4;
    return !text.endsWith(":") && (enough || QuestionShape.asks(text));
  }

  private static boolean isAnswer(Message message) {
    return message.isLearned()
        && message.content().length() >= LEAST_ANSWER_CHARACTERS
        && !QuestionShape.asksWithMark(message.content());
  }
}
