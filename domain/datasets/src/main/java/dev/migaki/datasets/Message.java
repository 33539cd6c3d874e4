package dev.migaki.datasets;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * One message of an example, as OpenAI's chat format knows it.
 *
 * @param weight 1, or 0 for an answer that is context and not to be learned
 */
public record Message(Role role, String content, int weight) {
  public Message {
    requireNonNull(role, "role");
    requireNonNull(content, "content");
    if (weight != 0 && weight != 1) {
      throw new IllegalArgumentException("weight must be 0 or 1: " + weight);
    }
  }

  /** A message that counts. */
  public Message(Role role, String content) {
    this(role, content, 1);
  }

  /** Whether it is an answer to learn from. */
  public boolean isLearned() {
    return role == Role.ASSISTANT && weight == 1;
  }

  /** A message of the person who asks. */
  public static Message user(String content) {
    return new Message(Role.USER, content);
  }

  /** A message of the model. */
  public static Message assistant(String content) {
    return new Message(Role.ASSISTANT, content);
  }

  /** Role only: the content may hold personal data. */
  @Override
  public String toString() {
    return "Message[role=" + role + ", characters=" + content.length() + "]";
  }

  /** Who speaks. */
  public enum Role {
    SYSTEM,
    USER,
    ASSISTANT;

    /** The name on the wire, such as {@code user}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The role with this wire name; {@code developer} is OpenAI's later word for {@code system}.
     */
    public static Optional<Role> named(String wireName) {
      if (wireName.equals("developer")) {
        return Optional.of(SYSTEM);
      }
      return Arrays.stream(values()).filter(r -> r.wireName().equals(wireName)).findFirst();
    }
  }
}
