package dev.migaki.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndTokensTest {

  @TempDir Path directory;

  private Set<Integer> read(String generationConfig) throws IOException {
    Path tokenizer =
        Files.writeString(directory.resolve("tokenizer.json"), TinyModel.tokenizerJson(320));
    Files.writeString(directory.resolve("generation_config.json"), generationConfig);
    try (TextTokenizer loaded = TextTokenizer.load(tokenizer)) {
      return EndTokens.read(directory, loaded);
    }
  }

  @Test
  void shouldEndAtEveryTokenThatTheModelNames() throws IOException {
    // Given / When
    Set<Integer> tokens = read("{\"eos_token_id\": [7, 9]}");
    // Then
    assertThat(tokens).contains(7, 9);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"eos_token_id\": null}"})
  void shouldEndAtTheTurnMarkersWhenTheModelNamesNone(String config) throws IOException {
    // Given / When
    Set<Integer> tokens = read(config);
    // Then
    assertThat(tokens).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[2, 320]", "-1", "\"two\""})
  void shouldNameTheFileWhenAnEndTokenIsUnknown(String stated) {
    // Given
    String config = "{\"eos_token_id\": " + stated + "}";
    // When / Then
    assertThatThrownBy(() -> read(config))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("generation_config.json")
        .hasMessageContaining("ids 0 to 319");
  }
}
