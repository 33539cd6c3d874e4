package dev.migaki.lm.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.tokenizer.JinjaChatTemplate;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Token ids and rendered conversations, equal to the byte; {@code
 * benchmarks/python/text_goldens.py} makes the reference values.
 */
class TextParityTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of("src/test/resources/parity");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"smollm2", "qwen2", "llama3", "llama2"})
  void shouldGiveTheSameIdsWhenTextIsEncoded(String name) throws IOException {
    // Given
    Path files = ROOT.resolve("tokenizers").resolve(name);
    JsonNode expected = JSON.readTree(Files.readAllBytes(files.resolve("expected.json")));
    assertThat(expected).hasSizeGreaterThan(10);
    try (TextTokenizer tokenizer = TextTokenizer.load(files.resolve("tokenizer.json"))) {
      for (JsonNode row : expected) {
        String text = row.path("text").asText();

        // When
        int[] ids = tokenizer.encode(text);

        // Then
        assertThat(JSON.<JsonNode>valueToTree(ids)).as(text).isEqualTo(row.path("ids"));
        assertThat(tokenizer.decode(ids, false)).isEqualTo(row.path("decoded").asText());
        assertThat(tokenizer.decode(ids)).isEqualTo(row.path("plain").asText());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"smollm2", "smollm3", "qwen25", "qwen3", "llama2", "llama3", "mistral"})
  void shouldRenderTheSameTextWhenConversationIsWritten(String name) throws IOException {
    // Given
    Path files = ROOT.resolve("templates");
    JsonNode expected = JSON.readTree(Files.readAllBytes(files.resolve(name + ".json")));
    JsonNode cases = JSON.readTree(Files.readAllBytes(files.resolve("cases.json")));
    Files.copy(files.resolve(name + ".jinja"), directory.resolve("chat_template.jinja"));
    Files.writeString(
        directory.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"}}");
    JinjaChatTemplate template = JinjaChatTemplate.read(directory).orElseThrow();
    assertThat(cases).hasSizeGreaterThan(8);
    for (Map.Entry<String, JsonNode> entry : cases.properties()) {
      JsonNode reference = expected.path(entry.getKey());

      // When / Then
      if (reference.isTextual()) {
        assertThat(render(template, entry.getValue()))
            .as(entry.getKey())
            .isEqualTo(reference.asText());
      } else {
        assertThatThrownBy(() -> render(template, entry.getValue()))
            .as(entry.getKey())
            .isInstanceOf(InvalidModelException.class)
            .hasMessageContaining(reference.path("error").asText());
      }
    }
  }

  private static String render(JinjaChatTemplate template, JsonNode given) {
    Map<String, Object> options = new HashMap<>();
    if (given.has("enable_thinking")) {
      options.put("enable_thinking", given.path("enable_thinking").asBoolean());
    }
    return template.render(
        maps(given.path("messages")),
        maps(given.path("tools")),
        given.path("add_generation_prompt").asBoolean(true),
        options);
  }

  private static List<LinkedHashMap<String, Object>> maps(JsonNode node) {
    return node.isMissingNode()
        ? List.of()
        : JSON.convertValue(node, new TypeReference<List<LinkedHashMap<String, Object>>>() {});
  }
}
