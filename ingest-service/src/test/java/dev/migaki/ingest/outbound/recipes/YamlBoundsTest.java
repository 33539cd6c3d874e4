package dev.migaki.ingest.outbound.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.platform.stage.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class YamlBoundsTest {
  private static final Path SHIPPED = Path.of("../recipes");

  @TempDir Path directory;

  private YamlBounds bounds(String yaml) throws IOException {
    Files.writeString(directory.resolve("faq.yaml"), yaml);
    return new YamlBounds(directory, 1000);
  }

  static List<Path> shippedRecipes() throws IOException {
    try (Stream<Path> files = Files.walk(SHIPPED)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedRecipes")
  void shouldReadEveryShippedRecipe(Path file) throws IOException {
    assertThat(bounds(Files.readString(file)).of("faq").timeout())
        .isEqualTo(Duration.ofSeconds(15));
  }

  @Test
  void shouldReadEveryKeyWhenAllAreGiven() throws IOException {
    // When
    YamlBounds bounds =
        bounds(
            """
            documents: {maxBytes: 500, maxCharacters: 2, maxArchiveEntries: 3, maxExpansion: 4,
              expansionFloorBytes: 0, maxUnpackedBytes: 6, maxDepth: 7, heapMegabytes: 64,
              timeout: PT9S, columns: {question: ask, answer: reply}}
            """);

    // Then
    assertThat(bounds.of("faq"))
        .isEqualTo(
            new ParseBounds(new ParseLimits(500, 2, 3, 4, 0, 6, 7), 64, Duration.ofSeconds(9)));
    assertThat(bounds.completed("faq", ParseHints.none()).parameter("question")).isEqualTo("ask");
  }

  @Test
  void shouldLetTheOperatorsLimitWin() throws IOException {
    assertThat(bounds("documents: {maxBytes: 5000}").of("faq").limits().maxBytes()).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "document: {}|unknown key document (did you mean documents?); known are languages,",
        "documents: {maxByte: 5}|documents: unknown key maxByte (did you mean maxBytes?); known are maxBytes, maxCharacters,",
        "documents: {maxBytes: 64M}|documents.maxBytes must be a whole number, 1 or more, but is '64M'",
        "documents: {maxDepth: 0}|documents.maxDepth must be a whole number, 1 or more, but is '0'",
        "documents: {heapMegabytes: 32}|documents.heapMegabytes must be a whole number, 64 or more, but is '32'",
        "documents: {timeout: 15s}|documents.timeout must be an ISO-8601 duration from PT0.001S to PT24H but is '15s'",
        "documents: {timeout: PT0S}|documents.timeout must be an ISO-8601 duration",
        "documents: {columns: {questions: ask}}|documents.columns: unknown key questions (did you mean question?)",
        "documents: {columns: {question: 1, answer: 2}}|documents.columns.question must be a text; put it into quotes",
        "documents: {columns: {question: ask}}|documents.columns needs question and answer, or neither",
        "documents: {columns: {question: a;b, answer: c}}|documents.columns: names of columns hold no semicolon"
      })
  void shouldRefuseDocumentsAndNameFileAndKeyWhenTheRecipeIsWrong(String yaml, String message)
      throws IOException {
    // Given
    YamlBounds bounds = bounds(yaml);

    // When / Then
    assertThatThrownBy(() -> bounds.of("faq"))
        .isInstanceOfSatisfying(
            PermanentFailure.class,
            failure -> assertThat(failure.code().name()).isEqualTo("RECIPE_INVALID"))
        .hasMessageStartingWith("recipe faq.yaml: " + message);
    Files.writeString(directory.resolve("faq.yaml"), "documents: {maxDepth: 2}");
    assertThat(bounds.of("faq").limits().maxDepth()).isEqualTo(2);
  }
}
