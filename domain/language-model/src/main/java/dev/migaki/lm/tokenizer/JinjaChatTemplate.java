package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.template.JinjaTemplate;
import dev.migaki.lm.template.TemplateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The chat template of a model directory, a Jinja program: {@code chat_template.jinja}, else {@code
 * chat_template} of {@code tokenizer_config.json}.
 *
 * <p>Every error of the program fails, because half a prompt gives a wrong answer without a trace.
 */
public final class JinjaChatTemplate implements ChatTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * What {@code strftime_now} gives: templates that ask for today's date (Llama 3.x, SmolLM3) get
   * the date that Llama's templates fall back to, so that a prompt is the same tomorrow, in
   * training and in use.
   */
  private static final Map<String, String> DATE =
      Map.of("%d", "26", "%B", "July", "%b", "Jul", "%m", "07", "%Y", "2024", "%y", "24");

  private final JinjaTemplate template;
  private final Map<String, String> tokens;

  private JinjaChatTemplate(String source, Map<String, String> tokens) {
    this.template = JinjaTemplate.parse(source);
    this.tokens = Map.copyOf(tokens);
  }

  /**
   * The template of a model directory, or empty when it has none.
   *
   * @throws InvalidModelException when {@code tokenizer_config.json} is no JSON, or the template
   *     cannot be read
   */
  public static Optional<ChatTemplate> load(Path directory) {
    return read(directory).map(template -> template);
  }

  /** {@link #load}, for callers that render tools. */
  public static Optional<JinjaChatTemplate> read(Path directory) {
    Path file = directory.resolve(TokenizerFiles.CONFIG_FILE);
    Path separate = directory.resolve(TokenizerFiles.TEMPLATE_FILE);
    try {
      JsonNode json =
          Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
      Optional<String> source =
          Files.exists(separate)
              ? Optional.of(Files.readString(separate))
              : source(json.path("chat_template"));
      return source.map(text -> new JinjaChatTemplate(text, tokens(json)));
    } catch (IOException e) {
      throw new InvalidModelException(
          "Cannot read the chat template of " + directory + ": " + e.getMessage(), e);
    } catch (TemplateException e) {
      throw new InvalidModelException(
          "The chat template of " + directory + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** One template, or a list of named ones of which {@code default} counts. */
  private static Optional<String> source(JsonNode template) {
    if (template.isTextual()) {
      return Optional.of(template.asText());
    }
    for (JsonNode named : template) {
      if (named.path("name").asText().equals("default")) {
        return Optional.of(named.path("template").asText());
      }
    }
    return Optional.empty();
  }

  private static Map<String, String> tokens(JsonNode json) {
    Map<String, String> tokens = new HashMap<>();
    for (String name : List.of("bos_token", "eos_token", "pad_token", "unk_token")) {
      JsonNode value = json.path(name);
      String text = value.isObject() ? value.path("content").asText("") : value.asText("");
      if (!value.isMissingNode() && !value.isNull()) {
        tokens.put(name, text);
      }
    }
    return tokens;
  }

  @Override
  public String render(List<ChatMessage> messages, boolean askForAnswer) {
    return render(
        messages.stream()
            .map(
                message -> {
                  Map<String, @Nullable Object> fields = new LinkedHashMap<>();
                  fields.put("role", message.role());
                  fields.put("content", message.content());
                  return fields;
                })
            .toList(),
        List.of(),
        askForAnswer,
        Map.of());
  }

  /**
   * Renders a conversation with everything that templates know.
   *
   * @param messages each with {@code role}, {@code content} and what the template reads besides,
   *     such as {@code tool_calls}
   * @param tools JSON-schema descriptions of functions; none when empty
   * @param askForAnswer whether to end with the opening of an assistant message
   * @param options further names, such as {@code enable_thinking}
   * @throws InvalidModelException when the template refuses the conversation
   */
  public String render(
      List<? extends Map<String, ? extends @Nullable Object>> messages,
      List<? extends Map<String, ? extends @Nullable Object>> tools,
      boolean askForAnswer,
      Map<String, ? extends @Nullable Object> options) {
    Map<String, @Nullable Object> context = new HashMap<>(tokens);
    context.put("messages", messages);
    context.put("tools", tools.isEmpty() ? null : tools);
    context.put("documents", null);
    context.put("add_generation_prompt", askForAnswer);
    context.putAll(options);
    try {
      return template.render(context, JinjaChatTemplate::date);
    } catch (TemplateException e) {
      throw new InvalidModelException(
          "The model's chat template refused the conversation: " + e.getMessage(), e);
    }
  }

  private static String date(String format) {
    String text = format;
    for (Map.Entry<String, String> part : DATE.entrySet()) {
      text = text.replace(part.getKey(), part.getValue());
    }
    if (text.contains("%")) {
      throw new TemplateException("strftime_now format '" + format + "' is not supported");
    }
    return text;
  }
}
