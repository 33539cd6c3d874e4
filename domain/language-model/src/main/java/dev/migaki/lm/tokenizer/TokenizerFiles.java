package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.JsonFiles;
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

  private static final String BYTE_PAIRS = "BPE";

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
   * @throws InvalidModelException when {@code tokenizer.json} is missing, no JSON, or not of byte
   *     pairs
   */
  public static TokenizerFiles read(Path directory) {
    return read(directory.resolve(TOKENIZER_FILE), template(directory));
  }

  static TokenizerFiles read(Path file, TemplateSource template) {
    if (!Files.exists(file)) {
      throw new InvalidModelException(
          file
              + " is missing"
              + (Files.exists(file.resolveSibling("tokenizer.model"))
                  ? "; tokenizer.model (sentencepiece) is not read, save the tokenizer once with transformers' fast tokenizer"
                  : "; copy it from where the model was published"));
    }
    JsonNode json = JsonFiles.object(file);
    requireBytePairs(json.path("model"), file);
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
    return new TokenizerFiles(file, BYTE_PAIRS, size, special, template);
  }

  /**
   * Other algorithms would be read too, but cut text differently from what the engine assumes about
   * the bytes of a token.
   */
  private static void requireBytePairs(JsonNode model, Path file) {
    if (!model.isObject() || model.path("vocab").isEmpty()) {
      throw new InvalidModelException(
          file + ": has no 'model' with a 'vocab'; copy it from where the model was published");
    }
    // old files do not say it
    String type =
        model.path("type").asText(model.path("merges").isArray() ? BYTE_PAIRS : "unknown");
    if (!type.equals(BYTE_PAIRS) || !model.path("vocab").isObject()) {
      throw new InvalidModelException(
          file
              + ": tokenizers of type '"
              + type
              + "' are not supported; supported: BPE, over bytes or with byte fallback");
    }
  }

  private static TemplateSource template(Path directory) {
    if (Files.exists(directory.resolve(TEMPLATE_FILE))) {
      return TemplateSource.OWN_FILE;
    }
    Path config = directory.resolve(CONFIG_FILE);
    return Files.exists(config) && JsonFiles.object(config).hasNonNull("chat_template")
        ? TemplateSource.TOKENIZER_CONFIG
        : TemplateSource.CHATML_FALLBACK;
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
