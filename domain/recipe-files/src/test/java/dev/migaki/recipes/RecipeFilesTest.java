package dev.migaki.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeFilesTest {
  @TempDir Path directory;

  private final AtomicInteger readings = new AtomicInteger();

  private RecipeFiles<Integer> files() {
    return new RecipeFiles<>(
        directory,
        (recipe, bytes) -> {
          readings.incrementAndGet();
          return recipe.block("seal", List.of("count")).whole("count", 500, 1, 1000);
        });
  }

  private void write(String name, String yaml) throws IOException {
    Files.writeString(directory.resolve(name), yaml);
  }

  private static void read(String yaml) {
    RecipeFiles.read(yaml.getBytes(StandardCharsets.UTF_8), (recipe, bytes) -> recipe.isAbsent());
  }

  @Test
  void shouldPreferTheDatasetsOwnFileAndFallBackToTheDefault() throws IOException {
    // Given
    write("default.yaml", "seal: {count: 7}");
    write("faq.yaml", "seal: {count: 8}");

    // When
    RecipeFiles<Integer> files = files();

    // Then
    assertThat(files.of("faq")).isEqualTo(8);
    assertThat(files.of("other")).isEqualTo(7);
    assertThat(files.of("../" + directory.getFileName() + "/../faq")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but a comment\n", "---\n", "{}"})
  void shouldHaveTheDefaultsWhenTheFileSaysNothing(String yaml) throws IOException {
    // Given
    write("faq.yaml", yaml);

    // When / Then
    assertThat(files().of("faq")).isEqualTo(500);
    assertThat(files().of("without-file")).isEqualTo(500);
  }

  @Test
  void shouldReadAFileAnewOnlyWhenItHasChanged() throws IOException {
    // Given
    RecipeFiles<Integer> files = files();
    write("faq.yaml", "seal: {count: 7}");
    files.of("faq");
    files.of("faq");
    assertThat(readings).hasValue(1);

    // When
    write("faq.yaml", "seal: {count: 9}");

    // Then
    assertThat(files.of("faq")).isEqualTo(9);
  }

  @Test
  void shouldNameTheFileUntilItIsMended() throws IOException {
    // Given
    RecipeFiles<Integer> files = files();
    write("faq.yaml", "seal: {cuont: 7}");
    String message =
        "recipe faq.yaml: seal: unknown key cuont (did you mean count?); known are count";
    assertThatThrownBy(() -> files.of("faq")).hasMessage(message);
    assertThatThrownBy(() -> files.of("faq")).hasMessage(message);

    // When
    write("faq.yaml", "seal: {count: 7}");

    // Then
    assertThat(files.of("faq")).isEqualTo(7);
  }

  @Test
  void shouldRefuseBlocksThatNoStageReads() {
    assertThatThrownBy(() -> read("finding: {threshold: 0.9}\nthreshold: 1\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "unknown keys finding (did you mean findings?), threshold; known are languages, seed,"
                + " documents, seal, findings, quality, teacher, augmentation, declines, split,"
                + " decontamination, privacyProbe, training, budget, retrain, gate");
  }

  @Test
  void shouldRefuseWhatWouldSilentlyWinOverTheFirst() {
    assertThatThrownBy(() -> read("findings: {action: drop}\nseed: 1\nfindings: {}\n"))
        .hasMessageMatching("line 3, column \\d+: a key stands twice");
    assertThatThrownBy(() -> read("seed: 1\n---\nseed: 2\n"))
        .hasMessageMatching("line [23], column \\d+: a second document begins");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "findings:\n  persons: [Hanako Yamada\nseal: {}\n",
        "findings:\n\tpersons: [Hanako Yamada]\n",
        "findings:\n  persons: Hanako Yamada: x\n",
        "findings:\n  persons: 'Hanako Yamada\n"
      })
  void shouldSayWhereItIsNoYamlWithoutQuotingTheLine(String yaml) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("line \\d+, column \\d+: this is no YAML")
        .hasNoCause();
  }

  @Test
  void shouldRefuseARecipeThatIsNoBlock() {
    assertThatThrownBy(() -> read("- findings\n"))
        .hasMessage("a recipe must be a block of keys with values");
  }
}
