package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lines of chat JSONL: examples already. What is said in them stays as it is written; only turns of
 * pure courtesy at either end go, and what follows the last answer. Of a preference line the
 * preferred answer makes the example, and the other one stays with it.
 */
final class ChatLines implements ExtractionRule {
  private static final String NAME = "chat-line";

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.block(i) instanceof Block.Chat chat) {
        List<Message> messages = usable(read(chat));
        String nonPreferred = messages.isEmpty() ? "" : nonPreferred(chat, messages);
        candidates.add(
            messages.isEmpty()
                ? Candidate.rejected(NAME, RejectReason.INVALID_CHAT, i, i)
                : new Candidate(NAME, messages, nonPreferred, i, i, null));
        Conversations.opening(NAME, messages, i, i).ifPresent(candidates::add);
        document.take(i, i);
      }
    }
    return candidates;
  }

  /** The messages, empty when a role is unknown or a text is missing. */
  private static List<Message> read(Block.Chat chat) {
    List<Message> messages = new ArrayList<>();
    for (Block.Message message : chat.messages()) {
      Optional<Message.Role> role = Message.Role.named(message.role());
      if (role.isEmpty() || message.content().isBlank()) {
        return List.of();
      }
      messages.add(new Message(role.get(), message.content().strip(), message.weight()));
    }
    return messages;
  }

  /** System messages, then from the first question to the last answer to learn; else empty. */
  private static List<Message> usable(List<Message> messages) {
    List<Message> system = new ArrayList<>();
    List<Message> turns = new ArrayList<>();
    for (Message message : messages) {
      (message.role() == Message.Role.SYSTEM ? system : turns).add(message);
    }
    turns.removeIf(ChatLines::isCourtesy);
    while (!turns.isEmpty() && turns.get(0).role() != Message.Role.USER) {
      turns.remove(0);
    }
    while (!turns.isEmpty() && !turns.get(turns.size() - 1).isLearned()) {
      turns.remove(turns.size() - 1);
    }
    if (turns.size() < 2) {
      return List.of();
    }
    system.addAll(turns);
    return system;
  }

  /**
   * The answer that is not preferred; empty where the line is no pair of two answers to one
   * question, null where it does not mean to be one.
   */
  private static @Nullable String nonPreferred(Block.Chat chat, List<Message> messages) {
    if (chat.rejected().isEmpty()) {
      return null;
    }
    Block.Message preferred = chat.messages().get(chat.messages().size() - 1);
    Block.Message other = chat.rejected().get(0);
    Message answer = messages.get(messages.size() - 1);
    boolean pair =
        chat.rejected().size() == 1
            && other.role().equals(Message.Role.ASSISTANT.wireName())
            && answer.content().equals(preferred.content().strip())
            && messages.get(messages.size() - 2).role() == Message.Role.USER;
    return pair ? other.content().strip() : "";
  }

  private static boolean isCourtesy(Message message) {
    return message.role() == Message.Role.USER
        ? Courtesy.questionOf(message.content()).isEmpty()
        : Courtesy.answerOf(message.content()).isEmpty();
  }
}
