package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The tokens that end an answer: those that {@code generation_config.json} and {@code config.json}
 * name ({@code eos_token_id}, one or a list), and the turn markers of known chat templates, which
 * published configurations often leave out.
 */
public final class EndTokens {

  private static final List<String> MARKERS =
      List.of("<|im_end|>", "<|endoftext|>", "</s>", "<|eot_id|>", "<|end_of_text|>");
  private static final List<String> FILES = List.of("generation_config.json", "config.json");
  private static final ObjectMapper JSON = new ObjectMapper();

  private EndTokens() {}

  /**
   * @throws InvalidModelException when a file names an id that the tokenizer does not have: answers
   *     would then run on to the token limit
   */
  public static Set<Integer> read(Path directory, TextTokenizer tokenizer) {
    Set<Integer> tokens = new HashSet<>();
    MARKERS.forEach(marker -> tokenizer.specialToken(marker).ifPresent(tokens::add));
    for (String name : FILES) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        add(tokens, file, tokenizer.vocabularySize());
      }
    }
    return Set.copyOf(tokens);
  }

  private static void add(Set<Integer> tokens, Path file, int vocabularySize) {
    JsonNode stated;
    try {
      stated = JSON.readTree(Files.readAllBytes(file)).path("eos_token_id");
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read " + file + ": it is not valid JSON", e);
    }
    Iterable<JsonNode> ids = stated.isArray() ? stated : List.of(stated);
    for (JsonNode id : ids) {
      if (id.isMissingNode() || id.isNull()) {
        continue;
      }
      if (!id.canConvertToInt() || id.intValue() < 0 || id.intValue() >= vocabularySize) {
        throw new InvalidModelException(
            file
                + ": eos_token_id is "
                + id
                + ", the tokenizer has the ids 0 to "
                + (vocabularySize - 1)
                + "; was the file made for another tokenizer?");
      }
      tokens.add(id.intValue());
    }
  }
}
