package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.interpret.RenderResult;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The chat template of {@code tokenizer_config.json}, a Jinja program.
 *
 * <p>Errors of the template engine come back beside partial output; here every error fails, because
 * half a prompt gives a wrong answer without a trace.
 */
public final class JinjaChatTemplate implements ChatTemplate {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Jinjava jinjava;
  private final String source;
  private final Map<String, String> tokens;

  private JinjaChatTemplate(String source, Map<String, String> tokens) {
    this.source = source;
    this.tokens = Map.copyOf(tokens);
    this.jinjava =
        new Jinjava(
            JinjavaConfig.newBuilder()
                .withTrimBlocks(true)
                .withLstripBlocks(true)
                .withLegacyOverrides(
                    LegacyOverrides.newBuilder()
                        .withEvaluateMapKeys(true)
                        .withUsePyishObjectMapper(true)
                        .build())
                .build());
    jinjava
        .getGlobalContext()
        .registerFunction(
            new ELFunctionDefinition(
                "", "raise_exception", JinjaChatTemplate.class, "raiseException", String.class));
  }

  /** Called by templates for conversations that they cannot express. */
  public static String raiseException(String message) {
    throw new IllegalArgumentException(message);
  }

  /**
   * The template of a model directory, or empty when it has none.
   *
   * @throws InvalidModelException when {@code tokenizer_config.json} is no JSON
   */
  public static Optional<ChatTemplate> load(Path directory) {
    Path file = directory.resolve("tokenizer_config.json");
    Path separate = directory.resolve("chat_template.jinja");
    try {
      JsonNode json =
          Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.createObjectNode();
      JsonNode template = json.path("chat_template");
      if (Files.exists(separate)) {
        return Optional.of(new JinjaChatTemplate(Files.readString(separate), tokens(json)));
      }
      return template.isTextual()
          ? Optional.of(new JinjaChatTemplate(template.asText(), tokens(json)))
          : Optional.empty();
    } catch (IOException e) {
      throw new InvalidModelException(
          "Cannot read the chat template of " + directory + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, String> tokens(JsonNode json) {
    Map<String, String> tokens = new HashMap<>();
    for (String name : List.of("bos_token", "eos_token", "pad_token")) {
      JsonNode value = json.path(name);
      tokens.put(name, value.isObject() ? value.path("content").asText("") : value.asText(""));
    }
    return tokens;
  }

  @Override
  public String render(List<ChatMessage> messages, boolean askForAnswer) {
    Map<String, Object> context = new HashMap<>(tokens);
    context.put(
        "messages",
        messages.stream()
            .map(message -> Map.of("role", message.role(), "content", message.content()))
            .toList());
    context.put("add_generation_prompt", askForAnswer);
    RenderResult result = jinjava.renderForResult(source, context);
    for (TemplateError error : result.getErrors()) {
      throw new InvalidModelException(
          "The model's chat template failed at line "
              + error.getLineno()
              + ": "
              + error.getReason());
    }
    return result.getOutput();
  }
}
