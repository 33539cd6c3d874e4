package dev.migaki.documents.parsing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a line in OpenAI's chat or preference format, in the words of its own
 * documentation. A faulty line is left out with its number; silently repaired training data is
 * worse than none.
 */
final class ChatFaults {

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");
  private static final Set<String> TELLING = Set.of("system", "developer", "assistant", "tool");
  private static final Set<String> TOOL_ROLES = Set.of("tool", "function");
  private static final String TOOLS = "unsupported_tools: tools are offered, called or answer";
  private static final JsonNode ZERO = IntNode.valueOf(0);
  private static final JsonNode ONE = IntNode.valueOf(1);

  private ChatFaults() {}

  /** Whether the object means to be a chat or preference line, faulty or not. */
  static boolean isChat(JsonNode object) {
    if (isPreference(object)) {
      return true;
    }
    JsonNode messages = object.path("messages");
    boolean chat = messages.isArray() && !messages.isEmpty();
    for (JsonNode message : messages) {
      String role = message.path("role").asText();
      if (TELLING.contains(role)) {
        return true;
      }
      // users alone: an example that lacks its answer; with other roles, another program's log
      chat &= ROLES.contains(role) && message.has("content");
    }
    return chat;
  }

  private static boolean isPreference(JsonNode object) {
    return object.path("preferred_output").isArray()
        || object.path("non_preferred_output").isArray();
  }

  /** The first fault, null if there is none. */
  static @Nullable String of(JsonNode object) {
    if (isPreference(object)) {
      JsonNode prompt = object.path("input").path("messages");
      if (isWeighted(prompt)
          || isWeighted(object.path("preferred_output"))
          || isWeighted(object.path("non_preferred_output"))) {
        return "unsupported_weight: a preference line knows no weights";
      }
      if (usesTools(object.path("input"), prompt)
          || usesTools(object, object.path("preferred_output"))) {
        return TOOLS;
      }
      String input = ofMessages(prompt, "input.messages");
      String preferred =
          input != null ? input : ofOutput(object.path("preferred_output"), "preferred_output");
      return preferred != null
          ? preferred
          : ofOutput(object.path("non_preferred_output"), "non_preferred_output");
    }
    JsonNode messages = object.path("messages");
    if (usesTools(object, messages)) {
      return TOOLS;
    }
    String fault = ofMessages(messages, "messages");
    if (fault != null) {
      return fault;
    }
    if (!last(messages).path("role").asText().equals("assistant")) {
      return "example_missing_assistant_message: the last message is no assistant's";
    }
    return ofWeights(messages);
  }

  /** Whether tools are offered, called or answer: the text alone would be another conversation. */
  private static boolean usesTools(JsonNode offering, JsonNode messages) {
    return holds(offering, "tools", "functions")
        || StreamSupport.stream(messages.spliterator(), false)
            .anyMatch(
                message ->
                    TOOL_ROLES.contains(message.path("role").asText())
                        || holds(message, "tool_calls", "function_call"));
  }

  private static boolean holds(JsonNode object, String... fields) {
    return Arrays.stream(fields).map(object::path).anyMatch(value -> !value.isEmpty());
  }

  private static boolean isWeighted(JsonNode messages) {
    return StreamSupport.stream(messages.spliterator(), false).anyMatch(m -> m.has("weight"));
  }

  private static @Nullable String ofWeights(JsonNode messages) {
    boolean learned = false;
    for (int i = 0; i < messages.size(); i++) {
      JsonNode weight = messages.get(i).path("weight");
      boolean one = weight.isMissingNode() || weight.isNull() || weight.equals(ONE);
      if (!one && !weight.equals(ZERO)) {
        return "invalid_weight: messages[" + i + "] has a weight that is neither 0 nor 1";
      }
      learned |= one && messages.get(i).path("role").asText().equals("assistant");
    }
    return learned ? null : "no_learned_answer: every answer has the weight 0";
  }

  private static @Nullable String ofOutput(JsonNode output, String name) {
    String fault = ofMessages(output, name);
    if (fault != null) {
      return fault;
    }
    return last(output).path("role").asText().equals("assistant")
        ? null
        : name + ": the message is no assistant's";
  }

  private static @Nullable String ofMessages(JsonNode messages, String name) {
    if (!messages.isArray() || messages.isEmpty()) {
      return "missing_messages_list: " + name + " is no list of messages";
    }
    for (int i = 0; i < messages.size(); i++) {
      JsonNode message = messages.get(i);
      String where = name + "[" + i + "]";
      if (!message.path("role").isTextual()) {
        return "message_missing_key: " + where + " has no role";
      }
      if (!ROLES.contains(message.get("role").asText())) {
        return "unrecognized_role: " + where;
      }
      String fault = ofContent(message, where);
      if (fault != null) {
        return fault;
      }
    }
    return null;
  }

  private static @Nullable String ofContent(JsonNode message, String where) {
    JsonNode content = message.path("content");
    boolean calls = message.has("tool_calls") || message.has("function_call");
    if (content.isTextual()) {
      return content.asText().isBlank() && !calls ? "missing_content: " + where : null;
    }
    if (!content.isArray()) {
      return calls ? null : "missing_content: " + where;
    }
    for (JsonNode part : content) {
      if (!part.path("text").isTextual()) {
        return "unsupported_content: " + where + " holds something else than text";
      }
    }
    return null;
  }

  private static JsonNode last(JsonNode array) {
    return array.path(array.size() - 1);
  }
}
