package dev.migaki.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenizerFilesTest {

  @TempDir Path directory;

  private Path file() {
    return directory.resolve("tokenizer.json");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "{\"model\":{\"type\":\"Unigram\",\"unk_id\":0,\"vocab\":[[\"<unk>\",0.0],[\"a\",-1.0]]}}|'Unigram'",
        "{\"model\":{\"type\":\"WordPiece\",\"unk_token\":\"[UNK]\",\"continuing_subword_prefix\":\"##\",\"max_input_chars_per_word\":100,\"vocab\":{\"[UNK]\":0,\"a\":1}}}|'WordPiece'",
        "{\"model\":{\"type\":\"WordLevel\",\"unk_token\":\"?\",\"vocab\":{\"?\":0}}}|'WordLevel'",
        "{\"model\":{\"unk_id\":0,\"vocab\":[[\"a\",-1.0]]}}|'unknown'",
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{},\"merges\":[]}}|no 'model' with a 'vocab'",
        "{\"model\":{\"type\":\"BPE\"}}|no 'model' with a 'vocab'",
        "{\"version\":\"1.0\"}|no 'model' with a 'vocab'",
        "{\"model\":7}|no 'model' with a 'vocab'",
        "{\"model\":|not valid JSON (line 1)",
        "[]|not a JSON object"
      })
  void shouldRefuseWhatIsNoTokenizerOfBytePairs(String json, String named) throws IOException {
    // Given
    Files.writeString(file(), json);

    // When / Then
    assertThatThrownBy(() -> TokenizerFiles.read(directory))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("tokenizer.json")
        .hasMessageContaining(named);
    assertThatThrownBy(() -> TextTokenizer.load(file()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(named);
  }

  /** The shape of Llama 2's and TinyLlama's file: sentencepiece's pairs with byte fallback. */
  @Test
  void shouldReadBytePairsWithByteFallback() throws IOException {
    // Given
    Files.writeString(
        file(),
        "{\"added_tokens\":[{\"id\":5,\"content\":\"</s>\",\"special\":true,\"single_word\":false,\"lstrip\":false,\"rstrip\":false,\"normalized\":false}],"
            + "\"model\":{\"type\":\"BPE\",\"unk_token\":\"<unk>\",\"fuse_unk\":true,\"byte_fallback\":true,"
            + "\"vocab\":{\"<unk>\":0,\"<0x41>\":1,\"b\":2,\"c\":3,\"bc\":4},\"merges\":[\"b c\"]}}");

    // When
    try (TextTokenizer tokenizer = TextTokenizer.load(file())) {
      // Then
      assertThat(tokenizer.encode("Abc")).containsExactly(1, 4);
      assertThat(tokenizer.vocabularySize()).isEqualTo(6);
    }
    assertThat(TokenizerFiles.read(directory).vocabularySize()).isEqualTo(6);
  }

  @Test
  void shouldSayWhatIsMissing() {
    // When / Then
    assertThatThrownBy(() -> TextTokenizer.load(file()))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("tokenizer.json is missing; copy it");
  }

  @Test
  void shouldSayTheSameEverywhereWhenTheModelHasFewerRows() throws IOException {
    // Given
    Files.writeString(file(), TinyModel.tokenizerJson(320));
    String message =
        directory.toAbsolutePath()
            + ": the tokenizer has 320 ids, the model only 300; take both from the same model";

    // When / Then
    assertThatThrownBy(() -> TokenizerFiles.read(directory).requireFits(300)).hasMessage(message);
    try (TextTokenizer tokenizer = TextTokenizer.load(file())) {
      assertThatThrownBy(() -> tokenizer.requireFits(300)).hasMessage(message);
    }
  }
}
