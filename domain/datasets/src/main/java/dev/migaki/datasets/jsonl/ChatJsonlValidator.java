package dev.migaki.datasets.jsonl;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Checks chat and preference JSONL the way OpenAI's cookbook does, under the names its users know:
 * {@code data_type, missing_messages_list, message_missing_key, message_unrecognized_key,
 * unrecognized_role, missing_content, example_missing_assistant_message}, and {@code
 * invalid_weight} for a weight that is neither 0 nor 1, {@code no_learned_answer} where all are 0.
 *
 * <p>A line with {@code preferred_output} is a preference (DPO) line: {@code input.messages}, a
 * preferred and a non-preferred answer of one assistant message each. Its faults have names in the
 * same style: {@code missing_input, input_ends_with_assistant_message, missing_preferred_output,
 * missing_non_preferred_output, several_output_messages, identical_outputs}. A line of the other
 * kind than the first one is {@code mixed_formats}: no method of training reads both.
 *
 * <p>What is no fault of OpenAI's format but nothing that this engine trains has a name that begins
 * with {@code unsupported_}: {@code unsupported_tools, unsupported_content} (parts in place of a
 * text), {@code unsupported_weight} (a weight in a preference line). A hosted provider may take it.
 *
 * <p>One validator per file; not thread-safe.
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
  private static final List<String> TOOLS =
      List.of("tools", "functions", "tool_calls", "function_call");
  private static final Set<String> TOOL_ROLES = Set.of("tool", "function");
  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  private final List<ChatFault> faults = new ArrayList<>();
  private @Nullable Boolean firstIsPreference;
  private boolean isPreference;
  private int number;

  /** All faults of a file's text, by line; blank lines are skipped. */
  public static List<ChatFault> check(String jsonl) {
    ChatJsonlValidator validator = new ChatJsonlValidator();
    List<ChatFault> faults = new ArrayList<>();
    int number = 0;
    for (Iterator<String> lines = jsonl.lines().iterator(); lines.hasNext(); ) {
      number++;
      String line = lines.next();
      if (!line.isBlank()) {
        faults.addAll(validator.checkLine(line, number));
      }
    }
    return List.copyOf(faults);
  }

  /**
   * All faults of the next line.
   *
   * @param number of the line in its file, from 1
   */
  public List<ChatFault> checkLine(String line, int number) {
    this.number = number;
    faults.clear();
    try {
      checkExample(MAPPER.readTree(line));
    } catch (JsonProcessingException e) {
      // the parser's own message would quote the text
      int column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      fault("data_type", "not JSON from column " + column + " on");
    }
    return List.copyOf(faults);
  }

  private void fault(String name, String message) {
    faults.add(new ChatFault(number, name, message));
  }

  private void checkExample(JsonNode example) {
    if (!example.isObject()) {
      fault("data_type", "a line must be a JSON object");
      return;
    }
    boolean preference = example.has("preferred_output") || example.has("non_preferred_output");
    if (firstIsPreference == null) {
      firstIsPreference = preference;
    } else if (firstIsPreference != preference) {
      fault("mixed_formats", "the first line is " + (preference ? "no" : "a") + " preference line");
    }
    isPreference = preference;
    if (preference) {
      checkPreference(example);
      return;
    }
    checkTools(example, "the line");
    if (checkMessages(example.path("messages"), "messages")) {
      checkAnswers(example.path("messages"));
    }
  }

  private void checkAnswers(JsonNode messages) {
    if (!isAnswered(messages)) {
      fault("example_missing_assistant_message", "no message has the role assistant");
      return;
    }
    for (JsonNode message : messages) {
      if (message.path("role").asText().equals("assistant")
          && !message.path("weight").equals(IntNode.valueOf(0))) {
        return;
      }
    }
    fault("no_learned_answer", "every assistant message has the weight 0");
  }

  private void checkTools(JsonNode holder, String where) {
    for (String key : TOOLS) {
      if (isGiven(holder, key)) {
        fault(
            "unsupported_tools",
            where
                + " has \""
                + key
                + "\", which this engine does not train (a hosted provider may)");
      }
    }
  }

  /** Whether a key has a value that says something. */
  private static boolean isGiven(JsonNode holder, String key) {
    JsonNode value = holder.path(key);
    boolean absent = value.isMissingNode() || value.isNull();
    return !absent && !(value.isContainerNode() && value.isEmpty());
  }

  private void checkPreference(JsonNode example) {
    if (!example.path("input").isObject()) {
      fault("missing_input", "\"input\" must be an object with \"messages\"");
    } else {
      checkTools(example.path("input"), "\"input\"");
      checkInput(example.path("input").path("messages"));
    }
    for (String output : List.of("preferred_output", "non_preferred_output")) {
      JsonNode messages = example.path(output);
      if (!messages.isArray() || messages.isEmpty()) {
        fault("missing_" + output, "\"" + output + "\" must be a list with a message in it");
      } else if (checkMessages(messages, output) && !isAnswered(messages)) {
        fault(
            "example_missing_assistant_message",
            "no message of " + output + " has the role assistant");
      } else if (messages.size() > 1) {
        fault("several_output_messages", output + " must hold one message, not more");
      }
    }
    JsonNode preferred = example.path("preferred_output").path(0).path("content");
    if (preferred.isTextual()
        && preferred.equals(example.path("non_preferred_output").path(0).path("content"))) {
      fault("identical_outputs", "the preferred and the other answer are the same");
    }
  }

  private void checkInput(JsonNode messages) {
    boolean usable = checkMessages(messages, "input.messages");
    if (usable && messages.path(messages.size() - 1).path("role").asText().equals("assistant")) {
      fault("input_ends_with_assistant_message", "input.messages must end in what is answered");
    }
  }

  /** Whether it is a list with messages in it; their own faults are added. */
  private boolean checkMessages(JsonNode messages, String name) {
    if (!messages.isArray() || messages.isEmpty()) {
      fault("missing_messages_list", "\"" + name + "\" must be a list with messages in it");
      return false;
    }
    for (int i = 0; i < messages.size(); i++) {
      checkMessage(messages.get(i), name + "[" + i + "]");
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

  private void checkMessage(JsonNode message, String where) {
    if (!message.isObject()) {
      fault("data_type", where + " must be an object");
      return;
    }
    checkTools(message, where);
    if (TOOL_ROLES.contains(message.path("role").asText())) {
      fault("unsupported_tools", where + " is the answer of a tool, whose call is not trained");
    }
    checkWeight(message, where);
    boolean calls = isGiven(message, "tool_calls") || isGiven(message, "function_call");
    if (!message.has("role") || !message.has("content") && !calls) {
      fault("message_missing_key", where + " needs \"role\" and \"content\"");
    }
    for (Iterator<String> keys = message.fieldNames(); keys.hasNext(); ) {
      if (!KEYS.contains(keys.next())) {
        fault("message_unrecognized_key", where + " has a key that is unknown");
      }
    }
    if (message.has("role") && !ROLES.contains(message.path("role").asText())) {
      fault("unrecognized_role", where + ".role must be one of system, user, assistant");
    }
    JsonNode content = message.path("content");
    boolean usable = content.isTextual() && !content.asText().isBlank() || content.isArray();
    if (message.has("content") && !usable && !calls) {
      fault("missing_content", where + ".content must be a text");
    }
    if (content.isArray()) {
      fault(
          "unsupported_content",
          where + ".content has parts, which this engine does not train; make them one text");
    }
  }

  private void checkWeight(JsonNode message, String where) {
    JsonNode weight = message.path("weight");
    if (weight.isMissingNode() || weight.isNull()) {
      return;
    }
    if (isPreference) {
      fault("unsupported_weight", where + " has a weight, which pairs of answers do not have");
    } else if (!weight.isInt() || weight.intValue() < 0 || weight.intValue() > 1) {
      fault("invalid_weight", where + ".weight must be 0 or 1");
    }
  }
}
