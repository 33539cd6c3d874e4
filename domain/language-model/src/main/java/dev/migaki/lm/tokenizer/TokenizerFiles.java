package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a directory's tokenizer files say, without loading the tokenizer's native library.
 *
 * @param file {@code tokenizer.json}
 * @param model the algorithm, such as {@code BPE}
 * @param vocabularySize largest token id + 1
 * @param specialTokens special tokens and their ids, in the order of the file
 * @param template where the chat template comes from
 */
public record TokenizerFiles(
    Path file,
    String model,
    int vocabularySize,
    Map<String, Integer> specialTokens,
    TemplateSource template) {

  /** Tokenizer of a model directory. */
  public static final String TOKENIZER_FILE = "tokenizer.json";

  /** Settings beside the tokenizer, and in most models the chat template. */
  public static final String CONFIG_FILE = "tokenizer_config.json";

  /** A chat template in its own file; it wins. */
  public static final String TEMPLATE_FILE = "chat_template.jinja";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where the chat template comes from. */
  public enum TemplateSource {
    /** {@code chat_template.jinja}. */
    OWN_FILE,
    /** {@code tokenizer_config.json}. */
    TOKENIZER_CONFIG,
    /** None is given: ChatML is used. */
    CHATML_FALLBACK
  }

  public TokenizerFiles {
    specialTokens = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(specialTokens));
  }

  /**
   * @throws InvalidModelException when {@code tokenizer.json} is missing or no JSON
   */
  public static TokenizerFiles read(Path directory) {
    Path file = directory.resolve(TOKENIZER_FILE);
    if (!Files.exists(file)) {
      throw new InvalidModelException(
          directory
              + ": "
              + TOKENIZER_FILE
              + " is missing"
              + (Files.exists(directory.resolve("tokenizer.model"))
                  ? "; tokenizer.model (sentencepiece) is not read, save the tokenizer once with transformers' fast tokenizer"
                  : "; copy it from where the model was published"));
    }
    JsonNode json = json(file);
    Map<String, Integer> special = new LinkedHashMap<>();
    int size = json.path("model").path("vocab").size();
    for (JsonNode id : json.path("model").path("vocab")) {
      size = Math.max(size, id.asInt(-1) + 1);
    }
    for (JsonNode token : json.path("added_tokens")) {
      if (token.path("special").asBoolean(false)) {
        special.put(token.path("content").asText(), token.path("id").asInt());
      }
      size = Math.max(size, token.path("id").asInt() + 1);
    }
    return new TokenizerFiles(
        file, json.path("model").path("type").asText("BPE"), size, special, template(directory));
  }

  private static TemplateSource template(Path directory) {
    if (Files.exists(directory.resolve(TEMPLATE_FILE))) {
      return TemplateSource.OWN_FILE;
    }
    Path config = directory.resolve(CONFIG_FILE);
    return Files.exists(config) && json(config).hasNonNull("chat_template")
        ? TemplateSource.TOKENIZER_CONFIG
        : TemplateSource.CHATML_FALLBACK;
  }

  private static JsonNode json(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json == null || !json.isObject()) {
        throw new InvalidModelException(file + ": is not a JSON object");
      }
      return json;
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /**
   * @param rows rows of the model's embedding
   * @throws InvalidModelException when a token id has no row
   */
  public void requireFits(int rows) {
    if (vocabularySize > rows) {
      throw new InvalidModelException(
          file.toAbsolutePath().getParent()
              + ": the tokenizer has "
              + vocabularySize
              + " ids, the model only "
              + rows
              + "; take both from the same model");
    }
  }
}
