package dev.migaki.platform.openai;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
    @JsonProperty("top_logprobs") @Nullable Integer topLogprobs,
    @JsonProperty("presence_penalty") @Nullable Double presencePenalty,
    @JsonProperty("frequency_penalty") @Nullable Double frequencyPenalty,
    @JsonProperty("repetition_penalty") @Nullable Double repetitionPenalty,
    @JsonProperty("top_k") @Nullable Integer topK,
    @JsonProperty("min_p") @Nullable Double minP,
    @JsonProperty("logit_bias") @Nullable Map<String, Double> logitBias,
    @JsonProperty("response_format") @Nullable ResponseFormat responseFormat,
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
      if (!content.isArray()) {
        throw OpenAiException.invalidRequest(where, where + " must be a text or a list of parts.");
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

  /** What the answer must look like: {@code text} or {@code json_object}. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record ResponseFormat(@Nullable String type) {}

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
      Message message = messages.get(i);
      String role = message == null ? null : message.role();
      if (role == null || !ROLES.contains(role)) {
        throw OpenAiException.invalidRequest(
            "messages[" + i + "].role", "messages[" + i + "].role must be one of " + ROLES + ".");
      }
    }
    between("temperature", temperature, 0, 2);
    between("top_p", topP, 0, 1);
    between("n", n == null ? null : Double.valueOf(n), 1, 128);
    between("presence_penalty", presencePenalty, -2, 2);
    between("frequency_penalty", frequencyPenalty, -2, 2);
    if (topP != null && topP == 0) {
      throw OpenAiException.invalidRequest("top_p", "top_p must be above 0.");
    }
    validateExtensions();
    validateLogprobs();
    validateFormat();
    Integer limit = tokenLimit();
    if (limit != null && limit < 1) {
      throw OpenAiException.invalidRequest(
          "max_completion_tokens", "max_completion_tokens must be 1 or more.");
    }
    stops();
    if (streamOptions != null && !isStreamed()) {
      throw OpenAiException.invalidRequest(
          "stream_options", "stream_options is only allowed when stream is true.");
    }
  }

  /** What other servers of this API know too. */
  private void validateExtensions() {
    if (topK != null && topK < 0) {
      throw OpenAiException.invalidRequest("top_k", "top_k must be 0, for all tokens, or more.");
    }
    if (minP != null && !(minP >= 0 && minP < 1)) {
      throw OpenAiException.invalidRequest("min_p", "min_p must be at least 0 and below 1.");
    }
    if (repetitionPenalty != null && !(repetitionPenalty > 0 && repetitionPenalty <= 10)) {
      throw OpenAiException.invalidRequest(
          "repetition_penalty", "repetition_penalty must be above 0 and at most 10.");
    }
  }

  private void validateLogprobs() {
    between("top_logprobs", topLogprobs == null ? null : Double.valueOf(topLogprobs), 0, 20);
    if (topLogprobs != null && !Boolean.TRUE.equals(logprobs)) {
      throw OpenAiException.invalidRequest(
          "top_logprobs", "top_logprobs is only allowed when logprobs is true.");
    }
    logitBiases();
  }

  private void validateFormat() {
    String type = responseFormat == null ? "text" : responseFormat.type();
    if (!"text".equals(type) && !"json_object".equals(type)) {
      throw OpenAiException.invalidRequest(
          "response_format.type",
          "response_format.type must be 'text' or 'json_object'; this server does not offer"
              + " others.");
    }
    if (wantsJson() && conversation().stream().noneMatch(ChatCompletionRequest::mentionsJson)) {
      throw OpenAiException.invalidRequest(
          "messages",
          "'messages' must contain the word 'json' in some form, to use 'response_format' of type"
              + " 'json_object'.");
    }
  }

  private static boolean mentionsJson(Message message) {
    return message.content() != null
        && message.content().toString().toLowerCase(Locale.ROOT).contains("json");
  }

  /** Whether the answer must be a JSON object. */
  public boolean wantsJson() {
    return responseFormat != null && "json_object".equals(responseFormat.type());
  }

  /** How many answers are wanted. */
  public int choices() {
    return n == null ? 1 : n;
  }

  /** How many likeliest tokens are reported beside each token, or -1 for no report. */
  public int reportedAlternatives() {
    if (!Boolean.TRUE.equals(logprobs)) {
      return -1;
    }
    return topLogprobs == null ? 0 : topLogprobs;
  }

  /**
   * What is added to the scores of tokens, by id.
   *
   * @throws OpenAiException when a key is no token id or a bias is outside -100 to 100
   */
  public Map<Integer, Double> logitBiases() {
    Map<Integer, Double> biases = new HashMap<>();
    if (logitBias == null) {
      return biases;
    }
    for (Map.Entry<String, Double> entry : logitBias.entrySet()) {
      if (!entry.getKey().matches("[0-9]{1,9}")) {
        throw OpenAiException.invalidRequest(
            "logit_bias", "the keys of logit_bias must be token ids.");
      }
      if (entry.getValue() == null) {
        throw OpenAiException.invalidRequest(
            "logit_bias", "the values of logit_bias must be numbers between -100 and 100.");
      }
      between("logit_bias", entry.getValue(), -100, 100);
      biases.put(Integer.valueOf(entry.getKey()), entry.getValue());
    }
    return biases;
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

  /**
   * Texts that end the answer, at most four.
   *
   * @throws OpenAiException when there are more, or one is empty or no text
   */
  public List<String> stops() {
    List<String> stops = new ArrayList<>();
    if (stop == null || stop.isNull()) {
      return stops;
    }
    for (JsonNode text : stop.isArray() ? stop : List.of(stop)) {
      if (!text.isTextual() || text.asText().isEmpty()) {
        throw OpenAiException.invalidRequest(
            "stop", "stop must be a text or a list of texts, none of them empty.");
      }
      stops.add(text.asText());
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
