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
      return ofPreference(object);
    }
    JsonNode messages = object.path("messages");
    if (usesTools(object, messages)) {
      return TOOLS;
    }
    String fault = ofMessages(messages, "messages");
    if (fault != null) {
      return fault;
    }
    return isAnswered(messages)
        ? ofWeights(messages)
        : "example_missing_assistant_message: the last message is no assistant's";
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
    return StreamSupport.stream(messages.spliterator(), false)
        .anyMatch(m -> m.hasNonNull("weight"));
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

  private static @Nullable String ofPreference(JsonNode object) {
    JsonNode prompt = object.path("input").path("messages");
    JsonNode preferred = object.path("preferred_output");
    JsonNode other = object.path("non_preferred_output");
    if (isWeighted(prompt) || isWeighted(preferred) || isWeighted(other)) {
      return "unsupported_weight: a preference line knows no weights";
    }
    if (usesTools(object.path("input"), prompt)
        || usesTools(object, preferred)
        || usesTools(object, other)) {
      return TOOLS;
    }
    if (!object.path("input").isObject()) {
      return "missing_input: input is no object with messages";
    }
    String fault = ofMessages(prompt, "input.messages");
    if (fault == null && isAnswered(prompt)) {
      fault = "input_ends_with_assistant_message: input.messages ends with an answer";
    }
    fault = fault == null ? ofOutput(preferred, "preferred_output") : fault;
    fault = fault == null ? ofOutput(other, "non_preferred_output") : fault;
    if (fault == null && preferred.path(0).path("content").equals(other.path(0).path("content"))) {
      fault = "identical_outputs: the preferred and the other answer are the same";
    }
    return fault;
  }

  private static @Nullable String ofOutput(JsonNode output, String name) {
    if (!output.isArray() || output.isEmpty()) {
      return "missing_" + name + ": " + name + " is no list with a message in it";
    }
    String fault = ofMessages(output, name);
    if (fault != null) {
      return fault;
    }
    if (!isAnswered(output)) {
      return "example_missing_assistant_message: the message of " + name + " is no assistant's";
    }
    return output.size() > 1 ? "several_output_messages: " + name + " holds more than one" : null;
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
    if (content.isMissingNode()) {
      return "message_missing_key: " + where + " has no content";
    }
    if (!content.isArray()) {
      return content.isTextual() && !content.asText().isBlank()
          ? null
          : "missing_content: " + where;
    }
    for (JsonNode part : content) {
      if (!part.path("text").isTextual()) {
        return "unsupported_content: " + where + " holds something else than text";
      }
    }
    return null;
  }

  private static boolean isAnswered(JsonNode messages) {
    return messages.path(messages.size() - 1).path("role").asText().equals("assistant");
  }
}
