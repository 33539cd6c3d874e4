package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One line of the corpus: running text, or a conversation of which only the assistant's turns are
 * learned.
 */
public sealed interface CorpusLine {

  /** Size in characters, the unit of every quota. */
  int characters();

  /** The line as the trainer reads it: {@code {"text"}} or {@code {"messages"}}. */
  ObjectNode toJson();

  /** The same line with every question changed; text has none. */
  CorpusLine withQuestions(UnaryOperator<String> change);

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

    @Override
    public CorpusLine withQuestions(UnaryOperator<String> change) {
      return this;
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

    @Override
    public CorpusLine withQuestions(UnaryOperator<String> change) {
      return new Conversation(
          turns.stream()
              .map(
                  turn ->
                      turn.role().equals("user")
                          ? new Turn(turn.role(), change.apply(turn.content()))
                          : turn)
              .toList());
    }
  }

  /** One message; the role is that of the chat template. */
  record Turn(String role, String content) {}
}
