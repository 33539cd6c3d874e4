package dev.migaki.lm.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.TinyModel;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingFileTest {

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

  private TrainingFile.Audited read(String... lines) throws IOException {
    return TrainingFile.read(
        TinyModel.chatFile(directory.resolve("train.jsonl"), List.of(lines)), encoding, 96, 3f);
  }

  @Test
  void shouldSuperviseOnlyTheAnswerWhenReadingAConversation() throws IOException {
    // When
    ChatExample example = read(TinyModel.chat("営業時間は？", "9時から17時までです。")).examples().get(0);

    // Then
    int[] supervised =
        java.util.stream.IntStream.range(0, example.tokens().length)
            .filter(i -> example.weights()[i] > 0)
            .map(i -> example.tokens()[i])
            .toArray();
    assertThat(tokenizer.decode(supervised, false)).isEqualTo("9時から17時までです。<|im_end|>");
    int[] droppable =
        java.util.stream.IntStream.range(0, example.tokens().length)
            .filter(i -> example.droppable()[i])
            .map(i -> example.tokens()[i])
            .toArray();
    assertThat(tokenizer.decode(droppable, false)).isEqualTo("営業時間は？");
  }

  @Test
  void shouldWeighTheFirstAnswerTokensMoreWhenAsked() throws IOException {
    // When
    ChatExample example =
        read(TinyModel.chat("question", "The office is open from 9 to 17.")).examples().get(0);

    // Then
    float[] positive = new float[example.supervisedTokens()];
    int at = 0;
    for (float weight : example.weights()) {
      if (weight > 0) {
        positive[at++] = weight;
      }
    }
    assertThat(positive).startsWith(3f, 3f, 3f, 3f, 1f).endsWith(1f);
  }

  @Test
  void shouldHonourMessageWeightsWhenATurnMustNotBeLearned() throws IOException {
    // Given
    String line =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"wrong\",\"weight\":0},"
            + "{\"role\":\"user\",\"content\":\"b\"},{\"role\":\"assistant\",\"content\":\"right\",\"weight\":1}]}";

    // When
    ChatExample example = read(line).examples().get(0);

    // Then
    int[] supervised =
        java.util.stream.IntStream.range(0, example.tokens().length)
            .filter(i -> example.weights()[i] > 0)
            .map(i -> example.tokens()[i])
            .toArray();
    assertThat(tokenizer.decode(supervised, false)).isEqualTo("right<|im_end|>");
  }

  @Test
  void shouldCountTruncatedRowsWhenAConversationIsLongerThanTheContext() throws IOException {
    // When
    TrainingFile.Audited audited =
        read(
            TinyModel.chat("question", "answer ".repeat(80)), TinyModel.chat("question", "answer"));

    // Then
    assertThat(audited.truncatedRows()).isEqualTo(1);
    assertThat(audited.examples().get(0).tokens()).hasSize(97);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"messages\":[{\"role\":\"user\",\"content\":\"secret question\"}]}",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"secret question\"},{\"role\":\"assistant\",\"content\":\"x\",\"weight\":0}]}",
        "{\"messages\":[]}",
        "{\"messages\":[{\"role\":\"user\",\"text\":\"secret question\"}]}",
        "{\"prompt\":\"secret question\"}",
        "secret question"
      })
  void shouldNameTheLineButNotItsTextWhenThereIsNothingToLearn(String line) {
    // When / Then
    assertThatThrownBy(() -> read(TinyModel.chat("question", "answer"), line))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("train.jsonl line 2")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2", "0.5", "1.0", "1e-3", "\"1\"", "true", "[]", "4294967296"})
  void shouldNameLineAndMessageWhenAWeightIsNeitherZeroNorOne(String weight) {
    // Given
    String line =
        TinyModel.chat("q", "secret").replace("\"secret\"", "\"secret\",\"weight\":" + weight);

    // When / Then
    assertThatThrownBy(() -> read(TinyModel.chat("question", "answer"), line))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessage("train.jsonl line 2, message 2: 'weight' must be 0 or 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"tools\":[{}],\"messages\":[]}|line 1: 'tools'",
        "{\"functions\":[{}],\"messages\":[]}|line 1: 'functions'",
        "{\"messages\":[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"secret\"}]}]}|line 1, message 1: 'tool_calls'",
        "{\"messages\":[{\"role\":\"user\",\"content\":\"\"},{\"role\":\"assistant\",\"function_call\":{\"name\":\"secret\"}}]}|line 1, message 2: 'function_call'",
      })
  void shouldRefuseCallsOfToolsInsteadOfLosingThem(String line, String named) {
    // When / Then
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining(named + " is not supported")
        .satisfies(failure -> assertThat(failure.getMessage()).doesNotContain("secret"));
  }

  @Test
  void shouldReadEmptyFieldsAsAbsent() throws IOException {
    // Given
    String line =
        TinyModel.chat("q", "yes")
            .replace("\"yes\"", "\"yes\",\"weight\":null,\"tool_calls\":[],\"function_call\":null")
            .replace("{\"messages\"", "{\"tools\":null,\"messages\"");

    // When
    ChatExample example = read(line).examples().get(0);

    // Then
    assertThat(example)
        .usingRecursiveComparison()
        .isEqualTo(read(TinyModel.chat("q", "yes")).examples().get(0));
  }

  @Test
  void shouldNameTheLineThatIsNotUtf8() throws IOException {
    // Given
    Path file = directory.resolve("sjis.jsonl");
    String lines = TinyModel.chat("q", "a") + "\n" + TinyModel.chat("営業時間は？", "9時です。") + "\n";
    Files.write(file, lines.getBytes(Charset.forName("Shift_JIS")));

    // When / Then
    assertThatThrownBy(() -> TrainingFile.read(file, encoding, 96, 3f))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessage("sjis.jsonl is not UTF-8 (line 2); convert it");
  }

  @Test
  void shouldSkipAByteOrderMark() throws IOException {
    // When
    ChatExample example = read("\uFEFF" + TinyModel.chat("営業時間は？", "a")).examples().get(0);

    // Then
    assertThat(example.tokens())
        .isEqualTo(read(TinyModel.chat("営業時間は？", "a")).examples().get(0).tokens());
  }

  @Test
  void shouldRefuseWhenTheFileIsEmpty() {
    // When / Then
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("no examples");
  }

  @Test
  void shouldCountAllTokensWhenNoModelIsLoaded() throws IOException {
    // Given
    Path file =
        TinyModel.chatFile(
            directory.resolve("count.jsonl"),
            List.of(TinyModel.chat("question", "answer"), TinyModel.chat("a", "b")));

    // When
    TrainingFile.Size size = TrainingFile.size(directory, file);

    // Then
    TrainingFile.Audited audited = TrainingFile.read(file, encoding, 96, 1f);
    assertThat(size.examples()).isEqualTo(2);
    assertThat(size.tokens())
        .isEqualTo(audited.examples().stream().mapToLong(example -> example.tokens().length).sum());
  }
}
