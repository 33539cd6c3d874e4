package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cli.dryrun.CorrectRun;
import dev.migaki.cli.dryrun.DedupeRun;
import dev.migaki.cli.dryrun.DryRun;
import dev.migaki.cli.dryrun.DryRunInput;
import dev.migaki.cli.dryrun.DryRunRecipe;
import dev.migaki.cli.dryrun.ExamplesRun;
import dev.migaki.cli.dryrun.ParseRun;
import dev.migaki.cli.dryrun.PreviewRun;
import dev.migaki.cli.dryrun.RedactRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Dry runs follow what a recipe says of documents, as the ingest service does. */
final class RecipeOptionTest {
  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  static Stream<Function<DryRunRecipe, Function<DryRunInput, DryRun.Result>>> dryRuns() {
    return Stream.of(
        recipe -> new ParseRun(recipe.documents(), text -> "en"),
        RedactRun::new,
        CorrectRun::new,
        recipe -> new ExamplesRun(recipe, false));
  }

  @ParameterizedTest
  @MethodSource("dryRuns")
  void shouldRefuseWhatBreaksTheRecipesBounds(
      Function<DryRunRecipe, Function<DryRunInput, DryRun.Result>> work) throws IOException {
    // Given
    DryRunRecipe recipe = recipe("documents: {maxBytes: 300, maxArchiveEntries: 1}");
    Path documents = documents();

    // When
    new DryRun(printer(out), printer(err), true, recipe.documents())
        .run(List.of(documents), nothing(), work.apply(recipe));

    // Then
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(
            line -> line.startsWith("{\"id\":\"long.txt\",\"rejected\":{\"code\":\"TOO_LARGE"))
        .anyMatch(line -> line.startsWith("{\"id\":\"two.zip\",\"rejected\":{\"code\":\"BOMB"))
        .hasSize(2);
  }

  @Test
  void shouldSayWhatBreaksTheRecipesBoundsWhenLookingForDuplicates() throws IOException {
    // Given
    DryRunRecipe recipe = recipe("documents: {maxBytes: 300, maxArchiveEntries: 1}");
    Path documents = documents();

    // When
    new DedupeRun(printer(out), printer(err), 0.7, true, recipe.documents())
        .run(List.of(documents), nothing(), null);

    // Then
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("migaki: long.txt: TOO_LARGE. The file is larger than 300 bytes. Split it.")
        .contains("migaki: two.zip: BOMB", "0 texts");
  }

  @Test
  void shouldRefuseWhatBreaksTheRecipesBoundsInAPreview() throws IOException {
    // Given
    DryRunRecipe recipe = recipe("documents: {maxBytes: 300, maxArchiveEntries: 1}");
    Path documents = documents();

    // When
    try (PreviewRun.Preview preview = new PreviewRun(recipe, "d", 0).run(List.of(documents))) {
      // Then
      assertThat(preview.refused()).containsOnlyKeys("long.txt", "two.zip");
      assertThat(preview.refused().get("long.txt")).startsWith("TOO_LARGE");
      assertThat(preview.refused().get("two.zip")).startsWith("BOMB");
    }
  }

  @Test
  void shouldFindQuestionsInTheColumnsThatTheRecipeNames() throws IOException {
    // Given
    DryRunRecipe recipe = recipe("documents: {columns: {question: 概要, answer: 処理}}");
    Path table = directory.resolve("cases.csv");
    Files.writeString(table, "番号,概要,処理\n1,返品はいつまでできますか,商品の到着から30日以内にできます。\n");

    // When
    new DryRun(printer(out), printer(err), true, recipe.documents())
        .run(List.of(table), nothing(), new ExamplesRun(recipe, false));

    // Then
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("\"content\":\"返品はいつまでできますか\"", "\"content\":\"商品の到着から30日以内にできます。\"");
  }

  @Test
  void shouldNameFileAndKeyWhenTheBlockIsWrong() {
    assertThatThrownBy(() -> recipe("documents: {maxByte: 5}"))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "recipe .*r.yaml: documents: unknown key maxByte \\(did you mean maxBytes\\?\\); .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"parse", "redact", "correct", "examples", "dedupe", "preview"})
  void shouldTakeARecipeInEveryDryRun(String command) {
    assertThatCode(() -> Migaki.commandLine().parseArgs(command, "--recipe", "r.yaml", "file"))
        .doesNotThrowAnyException();
  }

  private DryRunRecipe recipe(String yaml) throws IOException {
    Path file = Files.writeString(directory.resolve("r.yaml"), yaml);
    RecipeOption option = new RecipeOption();
    new CommandLine(option).parseArgs("--recipe", file.toString());
    return option.read();
  }

  /** A text of more than 300 bytes and an archive of fewer that holds two files. */
  private Path documents() throws IOException {
    Path documents = Files.createDirectory(directory.resolve("documents"));
    Files.writeString(documents.resolve("long.txt"), "Open from nine to six. ".repeat(20));
    try (ZipOutputStream zip =
        new ZipOutputStream(Files.newOutputStream(documents.resolve("two.zip")))) {
      for (String name : List.of("a.txt", "b.txt")) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(name.getBytes(StandardCharsets.UTF_8));
      }
    }
    return documents;
  }

  private static InputStream nothing() {
    return new ByteArrayInputStream(new byte[0]);
  }

  private static PrintStream printer(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
