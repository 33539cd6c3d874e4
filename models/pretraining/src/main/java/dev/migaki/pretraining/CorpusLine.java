package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * One line of the corpus: running text, or a conversation of which only the assistant's turns are
 * learned.
 */
public sealed interface CorpusLine {

  /** Size in characters, the unit of every quota. */
  int characters();

  /** The line as the trainer reads it: {@code {"text"}} or {@code {"messages"}}. */
  ObjectNode toJson();

  /** Running text: every token is a target. */
  record Text(String text) implements CorpusLine {
    @Override
    public int characters() {
      return text.length();
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("text", text);
    }
  }

  /** A conversation in chat form. */
  record Conversation(List<Turn> turns) implements CorpusLine {
    public Conversation {
      turns = List.copyOf(turns);
    }

    /** The usual case: one question and its answer. */
    static Conversation of(String question, String answer) {
      return new Conversation(List.of(new Turn("user", question), new Turn("assistant", answer)));
    }

    @Override
    public int characters() {
      int sum = 0;
      for (Turn turn : turns) {
        sum += turn.content().length() + 8;
      }
      return sum;
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode node = JsonNodeFactory.instance.objectNode();
      ArrayNode messages = node.putArray("messages");
      for (Turn turn : turns) {
        messages.addObject().put("role", turn.role()).put("content", turn.content());
      }
      return node;
    }
  }

  /** One message; the role is that of the chat template. */
  record Turn(String role, String content) {}
}
