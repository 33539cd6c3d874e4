package dev.migaki.documents.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Role;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What JSON objects mean: OpenAI chat lines, question and answer objects, conversations, notebooks,
 * tables of flat objects, and everything else as named values.
 */
final class JsonShapes {

  private static final Pattern HTML =
      Pattern.compile("(?is)<(p|br|div|ul|ol|li|strong|b|em|a|span|h[1-6])\\b[^<>]*>.*");

  private static final Set<String> CHAT_ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final int MAX_DEPTH = 100;

  private final Blocks blocks;

  JsonShapes(Blocks blocks) {
    this.blocks = blocks;
  }

  /** Adds the blocks of one value. */
  void add(JsonNode node) {
    add(node, 1);
  }

  private void add(JsonNode node, int depth) {
    if (depth > MAX_DEPTH) {
      return;
    }
    if (node.isArray()) {
      addArray(node, depth);
    } else if (node.isObject()) {
      addObject(node, depth);
    } else if (!node.isNull()) {
      blocks.paragraph(node.asText());
    }
  }

  private void addObject(JsonNode object, int depth) {
    boolean known =
        addNotebook(object) || addChat(object) || addPair(object) || addConversation(object);
    if (!known) {
      addFields(object, depth);
    }
  }

  private void addArray(JsonNode array, int depth) {
    if (isTable(array) && !isPair(array.get(0))) {
      addTable(array);
    } else if (isTurns(array)) {
      addTurns(array);
    } else {
      array.forEach(element -> add(element, depth + 1));
    }
  }

  private boolean addNotebook(JsonNode object) {
    if (!object.has("nbformat") || !object.path("cells").isArray()) {
      return false;
    }
    for (JsonNode cell : object.get("cells")) {
      String source = joined(cell.path("source"));
      if (cell.path("cell_type").asText().equals("code")) {
        blocks.code(source);
      } else {
        MarkdownReader.append(source, blocks);
      }
    }
    return true;
  }

  private static String joined(JsonNode text) {
    if (!text.isArray()) {
      return text.asText("");
    }
    StringBuilder joined = new StringBuilder();
    text.forEach(part -> joined.append(part.asText("")));
    return joined.toString();
  }

  /** OpenAI's chat format, its preference format, and ShareGPT's. */
  private boolean addChat(JsonNode object) {
    List<Block.Message> messages = new ArrayList<>(messagesOf(object.path("messages")));
    List<Block.Message> rejected = List.of();
    if (messages.isEmpty()) {
      List<Block.Message> preferred = messagesOf(object.path("preferred_output"));
      messages.addAll(messagesOf(object.path("input").path("messages")));
      messages.addAll(preferred);
      rejected = rejected(preferred, object.path("non_preferred_output"));
    }
    if (messages.isEmpty()) {
      messages.addAll(messagesOf(object.path("conversations")));
    }
    boolean answered = messages.stream().anyMatch(m -> m.role().equals("assistant"));
    if (answered) {
      blocks.chat(messages, rejected);
    }
    return answered;
  }

  /**
   * The answer that is not preferred. Where one of the two has no text (it calls a tool, say), this
   * one is empty: later stages see that the line meant to be a pair and is none.
   */
  private static List<Block.Message> rejected(List<Block.Message> preferred, JsonNode output) {
    List<Block.Message> messages = messagesOf(output);
    boolean textless = messages.isEmpty() || preferred.isEmpty();
    return output.isArray() && textless ? List.of(new Block.Message("assistant", "")) : messages;
  }

  private static List<Block.Message> messagesOf(JsonNode array) {
    List<Block.Message> messages = new ArrayList<>();
    for (JsonNode message : array) {
      String role = chatRole(message.path("role").asText(message.path("from").asText("")));
      JsonNode content = message.has("content") ? message.get("content") : message.path("value");
      String text = contentOf(content);
      if (!CHAT_ROLES.contains(role)) {
        return List.of();
      }
      if (!text.isBlank()) {
        int weight = message.path("weight").asInt(1);
        messages.add(new Block.Message(role, TextLines.trim(text), weight));
      }
    }
    return messages;
  }

  private static String chatRole(String role) {
    return switch (role) {
      case "human" -> "user";
      case "gpt", "bot", "model" -> "assistant";
      default -> role;
    };
  }

  private static String contentOf(JsonNode content) {
    if (!content.isArray()) {
      return content.asText("");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode part : content) {
      text.append(part.path("text").asText(""));
    }
    return text.toString();
  }

  private static boolean isPair(JsonNode object) {
    boolean asks = false;
    boolean answers = false;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      asks |= QuestionColumns.isQuestion(field.getKey());
      answers |= QuestionColumns.isAnswer(field.getKey());
    }
    return asks && answers;
  }

  private boolean addPair(JsonNode object) {
    String question = null;
    String answer = null;
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      if (!isText(field.getValue())) {
        continue;
      }
      String text = textOf(field.getValue());
      if (question == null && QuestionColumns.isQuestion(field.getKey())) {
        question = text;
      } else if (answer == null && QuestionColumns.isAnswer(field.getKey())) {
        answer = text;
      }
    }
    if (question == null || answer == null || question.isBlank() || answer.isBlank()) {
      return false;
    }
    String input = object.path("input").asText("");
    boolean instruction = object.has("instruction") && !input.isBlank();
    blocks.pair(instruction ? question + "\n" + input : question, answer);
    return true;
  }

  /** Text, or a list of accepted texts of which the first counts. */
  private static boolean isText(JsonNode value) {
    return value.isValueNode() && !value.isNull()
        || value.isArray() && value.size() > 0 && value.get(0).isTextual();
  }

  private static String textOf(JsonNode value) {
    String text = value.isArray() ? value.get(0).asText() : value.asText();
    return HTML.matcher(text).find() ? FaqMarkup.plain(text) : text;
  }

  private boolean addConversation(JsonNode object) {
    for (JsonNode value : object) {
      if (value.isArray() && isTurns(value)) {
        String title = firstText(object, "subject", "title", "件名", "タイトル", "id", "ticket_id");
        if (title != null) {
          blocks.heading(2, title);
        }
        addTurns(value);
        return true;
      }
    }
    return false;
  }

  private static @Nullable String firstText(JsonNode object, String... names) {
    for (String name : names) {
      JsonNode value = object.get(name);
      if (value != null && value.isValueNode() && !value.isNull()) {
        return value.asText();
      }
    }
    return null;
  }

  private static boolean isTurns(JsonNode array) {
    if (array.size() < 2) {
      return false;
    }
    for (JsonNode turn : array) {
      if (!turn.isObject() || field(turn, true).isEmpty() || field(turn, false).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private void addTurns(JsonNode array) {
    List<String> labels = new ArrayList<>();
    array.forEach(turn -> labels.add(field(turn, true)));
    Map<String, Role> roles = Speakers.rolesOf(labels);
    int index = 0;
    for (JsonNode turn : array) {
      String label = labels.get(index++);
      blocks.turn(roles.getOrDefault(label, Role.OTHER), label, field(turn, false));
    }
  }

  private static String field(JsonNode turn, boolean speaker) {
    for (Map.Entry<String, JsonNode> field : turn.properties()) {
      boolean named =
          speaker
              ? QuestionColumns.isSpeaker(field.getKey())
              : QuestionColumns.isText(field.getKey());
      if (named && field.getValue().isValueNode()) {
        return field.getValue().asText();
      }
    }
    return "";
  }

  private static boolean isTable(JsonNode array) {
    if (array.size() < 2) {
      return false;
    }
    for (JsonNode row : array) {
      if (!row.isObject() || row.isEmpty() || !isFlat(row)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isFlat(JsonNode object) {
    for (JsonNode value : object) {
      if (value.isContainerNode()) {
        return false;
      }
    }
    return true;
  }

  private void addTable(JsonNode array) {
    Set<String> columns = new LinkedHashSet<>();
    array.forEach(row -> row.fieldNames().forEachRemaining(columns::add));
    List<List<String>> rows = new ArrayList<>();
    rows.add(new ArrayList<>(columns));
    for (JsonNode row : array) {
      rows.add(columns.stream().map(column -> row.path(column).asText("")).toList());
    }
    blocks.table(rows, true);
  }

  private void addFields(JsonNode object, int depth) {
    StringBuilder values = new StringBuilder();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      JsonNode value = field.getValue();
      if (value.isContainerNode() && !value.isEmpty()) {
        blocks.paragraph(values.toString());
        values.setLength(0);
        blocks.heading(Math.min(depth + 1, 6), field.getKey());
        add(value, depth + 1);
      } else if (value.isValueNode() && !value.isNull() && !value.asText().isBlank()) {
        values.append(field.getKey()).append(": ").append(value.asText()).append('\n');
      }
    }
    blocks.paragraph(values.toString());
  }
}
