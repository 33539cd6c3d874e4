package dev.migaki.lm;

import static java.util.Objects.requireNonNull;

/**
 * One turn of a conversation.
 *
 * @param role {@code system}, {@code user} or {@code assistant}
 * @param content its text
 */
public record ChatMessage(String role, String content) {

  public ChatMessage {
    requireNonNull(role, "role");
    requireNonNull(content, "content");
  }

  /** Redacted: conversations are private and {@code toString} ends up in logs. */
  @Override
  public String toString() {
    return "ChatMessage[role=" + role + ", content=" + content.length() + " characters]";
  }
}
