package dev.migaki.lm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.TinyModel;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreferenceFileTest {

  @TempDir Path directory;
  private TextTokenizer tokenizer;
  private ChatEncoding encoding;

  @BeforeEach
  void load() {
    TinyModel.write(directory, 1);
    tokenizer = TextTokenizer.load(directory.resolve("tokenizer.json"));
    encoding = ChatEncoding.load(directory, tokenizer);
  }

  @AfterEach
  void close() {
    tokenizer.close();
  }

  private PreferenceFile.Audited read(String... lines) throws IOException {
    return PreferenceFile.read(
        TinyModel.chatFile(directory.resolve("pairs.jsonl"), List.of(lines)), encoding, 96);
  }

  private String supervised(ChatExample example) {
    return tokenizer.decode(
        IntStream.range(0, example.tokens().length)
            .filter(i -> example.weights()[i] > 0)
            .map(i -> example.tokens()[i])
            .toArray(),
        false);
  }

  @Test
  void shouldSuperviseOnlyTheTwoAnswersWhenThePromptHasOneToo() throws IOException {
    // Given
    String line =
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"earlier\"},"
            + "{\"role\":\"user\",\"content\":\"営業時間は？\"}],\"tools\":[],\"parallel_tool_calls\":true},"
            + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"9時からです。\"}],"
            + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"no\"}]}";

    // When
    PreferenceFile.Audited audited = read(line, TinyModel.pair("q", "good", "bad"));

    // Then
    PreferencePair first = audited.pairs().get(0);
    assertThat(supervised(first.preferred())).isEqualTo("9時からです。<|im_end|>");
    assertThat(supervised(first.rejected())).isEqualTo("no<|im_end|>");
    assertThat(audited.pairs()).extracting(PreferencePair::line).containsExactly(1, 2);
    assertThat(audited.rows().examples()).hasSize(4);
    assertThat(audited.rows().tokens())
        .isEqualTo(audited.pairs().stream().mapToLong(PreferencePair::tokens).sum());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "secret|not valid JSON",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]}|'input.messages'",
        "{\"input\":{\"messages\":[]}}|'input.messages'",
        "{\"input\":{\"messages\":[{\"role\":\"user\"}]}}|'input.messages'",
        "{\"input\":{\"messages\":[{\"role\":\"assistant\",\"content\":\"secret\"}]}}|'input.messages' ends with",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]},\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"secret\"}]}|'preferred_output'",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]},\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"secret\"}]}|'non_preferred_output'",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]},\"preferred_output\":[{\"role\":\"user\",\"content\":\"secret\"}]}|'preferred_output' must hold exactly one",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}]},\"preferred_output\":[{\"role\":\"assistant\",\"content\":7}]}|'preferred_output'",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"secret\"}],\"tools\":[{}]}}|'input': 'tools' is not supported",
        "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"secret\",\"weight\":0}]}}|'input.messages': 'weight' is not supported",
      })
  void shouldNameLineAndFieldButNoTextWhenALineIsNoPair(String line, String message) {
    // When / Then
    assertThatThrownBy(() -> read(TinyModel.pair("q", "good", "bad"), line))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("pairs.jsonl line 2")
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
  }

  @Test
  void shouldRefuseWhenTheAnswersAreTheSame() {
    // When / Then
    assertThatThrownBy(() -> read(TinyModel.pair("q", "secret", "secret")))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("pairs.jsonl line 1")
        .hasMessageContaining("do not differ");
  }

  @Test
  void shouldRefuseWhenTheAnswersDifferOnlyBehindTheContext() {
    // Given
    String long1 = "answer ".repeat(90);

    // When / Then
    assertThatThrownBy(() -> read(TinyModel.pair("q", long1 + "a", long1 + "b")))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("do not differ within 96 tokens");
  }

  @Test
  void shouldRefuseWhenTheFileIsEmpty() {
    // When / Then
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("no examples");
  }
}
