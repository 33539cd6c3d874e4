package dev.migaki.platform.openai;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Body of {@code POST /v1/chat/completions}. Fields that this server does not know are ignored, as
 * the API demands of servers; known fields with unusable values are refused by name.
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ChatCompletionRequest(
    @Nullable String model,
    @Nullable List<Message> messages,
    @Nullable Double temperature,
    @JsonProperty("top_p") @Nullable Double topP,
    @Nullable Integer n,
    @Nullable JsonNode stop,
    @Nullable Long seed,
    @JsonProperty("max_tokens") @Nullable Integer maxTokens,
    @JsonProperty("max_completion_tokens") @Nullable Integer maxCompletionTokens,
    @Nullable Boolean logprobs,
    @Nullable Boolean stream,
    @JsonProperty("stream_options") @Nullable StreamOptions streamOptions) {

  private static final List<String> ROLES =
      List.of("system", "developer", "user", "assistant", "tool", "function");

  /**
   * One message; {@code content} is a text or a list of parts of which only text parts can be read.
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Message(@Nullable String role, @Nullable JsonNode content) {

    /** Who speaks; {@code developer} is the newer name of {@code system}. */
    public String speaker() {
      return role == null || role.equals("developer") ? "system" : role;
    }

    /**
     * The text of the message.
     *
     * @throws OpenAiException when the content is missing or has other parts than text
     */
    public String text(int index) {
      String where = "messages[" + index + "].content";
      if (content == null || content.isNull()) {
        throw OpenAiException.invalidRequest(where, where + " is missing.");
      }
      if (content.isTextual()) {
        return content.asText();
      }
      StringBuilder text = new StringBuilder();
      for (JsonNode part : content) {
        if (!part.path("type").asText().equals("text")) {
          throw OpenAiException.invalidRequest(where, where + " has a part that is not text.");
        }
        text.append(part.path("text").asText());
      }
      return text.toString();
    }

    @Override
    public String toString() {
      return "Message[role=" + role + "]";
    }
  }

  /** Options of a streamed answer. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record StreamOptions(@JsonProperty("include_usage") @Nullable Boolean includeUsage) {}

  /**
   * Checks what the API demands.
   *
   * @throws OpenAiException naming the field at fault
   */
  public void validate() {
    if (model == null || model.isBlank()) {
      throw OpenAiException.invalidRequest("model", "you must provide a model parameter.");
    }
    if (messages == null || messages.isEmpty()) {
      throw OpenAiException.invalidRequest("messages", "messages must hold at least one message.");
    }
    for (int i = 0; i < messages.size(); i++) {
      String role = messages.get(i).role();
      if (role == null || !ROLES.contains(role)) {
        throw OpenAiException.invalidRequest(
            "messages[" + i + "].role", "messages[" + i + "].role must be one of " + ROLES + ".");
      }
    }
    between("temperature", temperature, 0, 2);
    between("top_p", topP, 0, 1);
    if (n != null && n != 1) {
      throw OpenAiException.invalidRequest(
          "n", "this server gives one answer per request: n must be 1.");
    }
    if (Boolean.TRUE.equals(logprobs)) {
      throw OpenAiException.invalidRequest("logprobs", "this server does not report logprobs yet.");
    }
    Integer limit = tokenLimit();
    if (limit != null && limit < 1) {
      throw OpenAiException.invalidRequest(
          "max_completion_tokens", "max_completion_tokens must be 1 or more.");
    }
    stops();
  }

  /** The model that was asked for; only after {@link #validate()}. */
  public String modelName() {
    return requireNonNull(model, "model");
  }

  /** The conversation; only after {@link #validate()}. */
  public List<Message> conversation() {
    return requireNonNull(messages, "messages");
  }

  /** Largest number of tokens of the answer that was asked for, or null. */
  public @Nullable Integer tokenLimit() {
    return maxCompletionTokens == null ? maxTokens : maxCompletionTokens;
  }

  /** Texts that end the answer, at most four. */
  public List<String> stops() {
    List<String> stops = new ArrayList<>();
    if (stop == null || stop.isNull()) {
      return stops;
    }
    if (stop.isTextual()) {
      stops.add(stop.asText());
    } else {
      stop.forEach(text -> stops.add(text.asText()));
    }
    if (stops.size() > 4) {
      throw OpenAiException.invalidRequest("stop", "stop takes at most 4 texts.");
    }
    return stops;
  }

  /** Whether the answer is to come in pieces. */
  public boolean isStreamed() {
    return Boolean.TRUE.equals(stream);
  }

  /** Whether a streamed answer ends with its token counts. */
  public boolean wantsUsage() {
    return streamOptions != null && Boolean.TRUE.equals(streamOptions.includeUsage());
  }

  private static void between(String name, @Nullable Double value, double low, double high) {
    if (value != null && !(value >= low && value <= high)) {
      throw OpenAiException.invalidRequest(
          name, name + " must be between " + (int) low + " and " + (int) high + ".");
    }
  }

  @Override
  public String toString() {
    return "ChatCompletionRequest[model=" + model + "]";
  }
}
