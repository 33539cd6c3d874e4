package dev.migaki.datasets.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Checks chat and preference JSONL the way OpenAI's cookbook does, under the names its users know:
 * {@code data_type, missing_messages_list, message_missing_key, message_unrecognized_key,
 * unrecognized_role, missing_content, example_missing_assistant_message}. Keys that came with tools
 * are allowed.
 *
 * <p>A line with {@code preferred_output} is a preference (DPO) line: {@code input.messages}, a
 * preferred and a non-preferred answer of one assistant message each. Its faults have names in the
 * same style: {@code missing_input, input_ends_with_assistant_message, missing_preferred_output,
 * missing_non_preferred_output, several_output_messages, identical_outputs}.
 */
public final class ChatJsonlValidator {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final Set<String> KEYS =
      Set.of(
          "role",
          "content",
          "name",
          "weight",
          "function_call",
          "tool_calls",
          "tool_call_id",
          "refusal",
          "audio");
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  private ChatJsonlValidator() {}

  /** All faults of a file's text, by line; blank lines are skipped. */
  public static List<ChatFault> check(String jsonl) {
    List<ChatFault> faults = new ArrayList<>();
    int number = 0;
    for (Iterator<String> lines = jsonl.lines().iterator(); lines.hasNext(); ) {
      number++;
      String line = lines.next();
      if (!line.isBlank()) {
        checkLine(line, number, faults);
      }
    }
    return List.copyOf(faults);
  }

  /**
   * All faults of one line.
   *
   * @param number of the line in its file, from 1
   */
  public static List<ChatFault> checkLine(String line, int number) {
    List<ChatFault> faults = new ArrayList<>();
    checkLine(line, number, faults);
    return List.copyOf(faults);
  }

  private static void checkLine(String line, int number, List<ChatFault> faults) {
    JsonNode example;
    try {
      example = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      // the parser's own message would quote the text
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      faults.add(new ChatFault(number, "data_type", "not JSON from column " + column + " on"));
      return;
    }
    if (!example.isObject()) {
      faults.add(new ChatFault(number, "data_type", "a line must be a JSON object"));
    } else if (example.has("preferred_output") || example.has("non_preferred_output")) {
      checkPreference(example, number, faults);
    } else if (checkMessages(example.path("messages"), "messages", number, faults)
        && !isAnswered(example.path("messages"))) {
      faults.add(
          new ChatFault(
              number, "example_missing_assistant_message", "no message has the role assistant"));
    }
  }

  private static void checkPreference(JsonNode example, int number, List<ChatFault> faults) {
    if (!example.path("input").isObject()) {
      faults.add(
          new ChatFault(number, "missing_input", "\"input\" must be an object with \"messages\""));
    } else {
      checkInput(example.path("input").path("messages"), number, faults);
    }
    for (String output : List.of("preferred_output", "non_preferred_output")) {
      JsonNode messages = example.path(output);
      if (!messages.isArray() || messages.isEmpty()) {
        faults.add(
            new ChatFault(
                number,
                "missing_" + output,
                "\"" + output + "\" must be a list with a message in it"));
      } else if (checkMessages(messages, output, number, faults) && !isAnswered(messages)) {
        faults.add(
            new ChatFault(
                number,
                "example_missing_assistant_message",
                "no message of " + output + " has the role assistant"));
      } else if (messages.size() > 1) {
        faults.add(
            new ChatFault(
                number, "several_output_messages", output + " must hold one message, not more"));
      }
    }
    JsonNode preferred = example.path("preferred_output");
    if (preferred.isArray()
        && !preferred.isEmpty()
        && preferred.equals(example.path("non_preferred_output"))) {
      faults.add(
          new ChatFault(
              number, "identical_outputs", "the preferred and the other answer are the same"));
    }
  }

  private static void checkInput(JsonNode messages, int number, List<ChatFault> faults) {
    boolean usable = checkMessages(messages, "input.messages", number, faults);
    if (usable && messages.path(messages.size() - 1).path("role").asText().equals("assistant")) {
      faults.add(
          new ChatFault(
              number,
              "input_ends_with_assistant_message",
              "input.messages must end in what is answered"));
    }
  }

  /** Whether it is a list with messages in it; their own faults are added. */
  private static boolean checkMessages(
      JsonNode messages, String name, int number, List<ChatFault> faults) {
    if (!messages.isArray() || messages.isEmpty()) {
      faults.add(
          new ChatFault(
              number,
              "missing_messages_list",
              "\"" + name + "\" must be a list with messages in it"));
      return false;
    }
    for (int i = 0; i < messages.size(); i++) {
      checkMessage(messages.get(i), name + "[" + i + "]", number, faults);
    }
    return true;
  }

  private static boolean isAnswered(JsonNode messages) {
    for (JsonNode message : messages) {
      if (message.path("role").asText().equals("assistant")) {
        return true;
      }
    }
    return false;
  }

  private static void checkMessage(
      JsonNode message, String where, int number, List<ChatFault> faults) {
    if (!message.isObject()) {
      faults.add(new ChatFault(number, "data_type", where + " must be an object"));
      return;
    }
    boolean calls = message.has("tool_calls") || message.has("function_call");
    if (!message.has("role") || !message.has("content") && !calls) {
      faults.add(
          new ChatFault(number, "message_missing_key", where + " needs \"role\" and \"content\""));
    }
    for (Iterator<String> keys = message.fieldNames(); keys.hasNext(); ) {
      if (!KEYS.contains(keys.next())) {
        faults.add(
            new ChatFault(
                number, "message_unrecognized_key", where + " has a key that is unknown"));
      }
    }
    if (message.has("role") && !ROLES.contains(message.path("role").asText())) {
      faults.add(
          new ChatFault(
              number, "unrecognized_role", where + ".role must be one of system, user, assistant"));
    }
    JsonNode content = message.path("content");
    boolean usable = content.isTextual() && !content.asText().isBlank() || content.isArray();
    if (message.has("content") && !usable && !calls) {
      faults.add(new ChatFault(number, "missing_content", where + ".content must be a text"));
    }
  }
}
