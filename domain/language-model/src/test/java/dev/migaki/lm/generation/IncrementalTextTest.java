package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.lm.TinyModel;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.lm.tokenizer.TokenBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncrementalTextTest {

  @TempDir Path directory;
  private TextTokenizer bytes;
  private TokenBytes vocabulary;

  /** Every byte is a token: the hardest case for whole characters. */
  @BeforeEach
  void load() throws IOException {
    Path file = directory.resolve("tokenizer.json");
    Files.writeString(file, TinyModel.tokenizerJson(259));
    bytes = TextTokenizer.load(file);
    vocabulary = TokenBytes.read(file);
  }

  @AfterEach
  void close() {
    bytes.close();
  }

  private List<String> pieces(String text, List<String> stop) {
    IncrementalText incremental = new IncrementalText(vocabulary, stop);
    List<String> pieces = new ArrayList<>();
    for (int token : bytes.encode(text)) {
      pieces.add(incremental.add(token));
    }
    pieces.add(incremental.finish());
    pieces.removeIf(String::isEmpty);
    assertThat(String.join("", pieces)).isEqualTo(incremental.text());
    return pieces;
  }

  @Test
  void shouldReleaseWholeCharactersOnlyWhenTokensAreBytes() {
    // When
    List<String> pieces = pieces("返品は🎌です。ok", List.of());

    // Then
    assertThat(pieces).containsExactly("返", "品", "は", "🎌", "で", "す", "。", "o", "k");
  }

  @Test
  void shouldHoldBackWhatMayBecomeAStopTextWhenStopTextsAreGiven() {
    // When
    List<String> stopped = pieces("one\n\ntwo", List.of("\n\n"));
    List<String> notStopped = pieces("one\ntwo", List.of("\n\n"));

    // Then
    assertThat(String.join("", stopped)).isEqualTo("one");
    assertThat(String.join("", notStopped)).isEqualTo("one\ntwo");
  }

  @Test
  void shouldDropAnUnfinishedCharacterWhenTheAnswerEndsInside() {
    // Given
    IncrementalText incremental = new IncrementalText(vocabulary, List.of());
    int[] tokens = bytes.encode("a品");

    // When
    for (int i = 0; i < tokens.length - 1; i++) {
      incremental.add(tokens[i]);
    }
    incremental.finish();

    // Then
    assertThat(incremental.text()).isEqualTo("a");
  }
}
