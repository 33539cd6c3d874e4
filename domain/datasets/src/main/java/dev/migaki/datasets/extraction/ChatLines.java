package dev.migaki.datasets.extraction;

import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Lines of chat JSONL: examples already, passed through when they are usable. */
final class ChatLines implements ExtractionRule {
  private static final String NAME = "chat-line";

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.block(i) instanceof Block.Chat chat) {
        List<Message> messages = read(chat);
        candidates.add(
            isUsable(messages)
                ? new Candidate(NAME, messages, i, i, null)
                : Candidate.rejected(NAME, RejectReason.INVALID_CHAT, i, i));
        document.take(i, i);
      }
    }
    return candidates;
  }

  /** The messages, empty when a role is unknown. */
  private static List<Message> read(Block.Chat chat) {
    List<Message> messages = new ArrayList<>();
    for (Block.Message message : chat.messages()) {
      Optional<Message.Role> role = Message.Role.named(message.role());
      if (role.isEmpty()) {
        return List.of();
      }
      messages.add(new Message(role.get(), message.content()));
    }
    return messages;
  }

  private static boolean isUsable(List<Message> messages) {
    boolean asked = messages.stream().anyMatch(m -> m.role() == Message.Role.USER);
    return asked
        && messages.get(messages.size() - 1).role() == Message.Role.ASSISTANT
        && messages.stream().noneMatch(m -> m.content().isBlank());
  }
}
