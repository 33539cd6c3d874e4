package dev.migaki.lm.parity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.JinjaChatTemplate;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The tokens of a conversation are those of its text as a whole, as in transformers' {@code
 * apply_chat_template}, and begin with those of the prompt; texts and tokens are compared with the
 * references in {@link TextParityTest}.
 */
class ChatParityTest {

  private static final Path ROOT = Path.of("src/test/resources/parity");
  private static final List<List<String>> CONVERSATIONS =
      List.of(
          List.of("user:Hello", "assistant:Hi there."),
          List.of("user:start", "assistant:Started."),
          List.of("user:s", "assistant:m"),
          List.of("user:i", "assistant:user"),
          List.of("user:INST", "assistant:end"),
          List.of("system:You are terse.", "user:営業時間は？", "assistant:9時から17時です。"),
          List.of("user:a", "assistant:b", "user:a", "assistant:b"),
          List.of(
              "system:s", "user:営業時間は？", "assistant:9時から17時です。", "user:日曜は？", "assistant:休みです。"));

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "smollm2, smollm2",
    "smollm2, smollm3",
    "qwen2, qwen25",
    "qwen2, qwen3",
    "llama3, llama3",
    "llama2, llama2",
    "llama2, mistral"
  })
  void shouldGiveTheTokensOfTheWholeTextWhenAConversationIsEncoded(
      String tokenizerName, String templateName) throws IOException {
    // Given
    Files.copy(
        ROOT.resolve("templates").resolve(templateName + ".jinja"),
        directory.resolve("chat_template.jinja"));
    Files.writeString(
        directory.resolve("tokenizer_config.json"),
        "{\"bos_token\": \"<s>\", \"eos_token\": {\"content\": \"</s>\"}}");
    JinjaChatTemplate template = JinjaChatTemplate.read(directory).orElseThrow();
    Path file = ROOT.resolve("tokenizers").resolve(tokenizerName).resolve("tokenizer.json");
    try (TextTokenizer tokenizer = TextTokenizer.load(file)) {
      ChatEncoding encoding = new ChatEncoding(tokenizer, template);
      for (List<String> conversation : CONVERSATIONS) {
        List<ChatMessage> messages = messages(conversation);

        // When
        List<ChatEncoding.Segment> segments = encoding.segments(messages);

        // Then
        int last = messages.size() - 1;
        String whole = template.render(messages, false);
        // Mistral's leaves the system prompt out once the question is answered
        if (whole.startsWith(template.render(messages.subList(0, last), true))) {
          assertThat(ChatEncoding.join(segments))
              .as("%s", conversation)
              .isEqualTo(tokenizer.encode(whole));
        }
        for (int i = 0; i < messages.size(); i++) {
          assertThat(written(tokenizer, segments, i))
              .as("%s %s", conversation, i)
              .contains(messages.get(i).content());
        }
        assertThat(before(segments, last)).isEqualTo(encoding.prompt(messages.subList(0, last)));
      }
    }
  }

  /** What the tokens of a message say, by its role. */
  private static String written(
      TextTokenizer tokenizer, List<ChatEncoding.Segment> segments, int message) {
    List<ChatEncoding.Segment> own =
        segments.stream()
            .filter(s -> s.message() == message && s.part() != ChatEncoding.Part.MARKUP)
            .toList();
    return tokenizer.decode(ChatEncoding.join(own), false);
  }

  private static int[] before(List<ChatEncoding.Segment> segments, int answer) {
    return ChatEncoding.join(
        segments.stream()
            .takeWhile(s -> s.message() != answer || s.part() != ChatEncoding.Part.ANSWER)
            .toList());
  }

  private static List<ChatMessage> messages(List<String> conversation) {
    List<ChatMessage> messages = new ArrayList<>();
    for (String line : conversation) {
      int colon = line.indexOf(':');
      messages.add(new ChatMessage(line.substring(0, colon), line.substring(colon + 1)));
    }
    return messages;
  }
}
