package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.datasets.recipes.DatasetRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class PresetsTest {
  private static final Path ROOT = Path.of("..");
  private static final List<String> NAMES =
      List.of("customer-support", "medical", "legal", "education", "finance");

  @ParameterizedTest
  @ValueSource(strings = {"customer-support", "medical", "legal", "education", "finance"})
  void shouldBeReadAndExplainedWhenItIsShipped(String name) throws IOException {
    // When
    DatasetRecipe preset = read(ROOT.resolve("recipes/presets/" + name + ".yaml"));
    // Then
    DatasetRecipe standard = read(ROOT.resolve("recipes/default.yaml"));
    assertThat(preset.examples()).isNotEqualTo(standard.examples());
    assertThat(ROOT.resolve("docs/presets/" + name + ".md")).isNotEmptyFile();
  }

  @Test
  void shouldDifferFromEachOtherWhenTheirFieldsDo() throws IOException {
    // When
    Set<Object> recipes = new HashSet<>();
    for (String name : NAMES) {
      recipes.add(read(ROOT.resolve("recipes/presets/" + name + ".yaml")).examples());
    }
    // Then
    assertThat(recipes).hasSize(NAMES.size());
  }

  @Test
  void shouldMarkEveryChangeWhenComparedWithTheDefault() throws IOException {
    // Given
    Set<String> standard = new HashSet<>(Files.readAllLines(ROOT.resolve("recipes/default.yaml")));
    for (String name : NAMES) {
      // When
      List<String> changed =
          Files.readAllLines(ROOT.resolve("recipes/presets/" + name + ".yaml")).stream()
              .filter(line -> !line.startsWith("#") && !standard.contains(line))
              .toList();
      // Then
      assertThat(changed).isNotEmpty().allMatch(line -> line.endsWith("# preset"));
    }
  }

  @Test
  void shouldNameFileAndKeyWhenARecipeIsWrong(@TempDir Path directory) throws IOException {
    // Given
    Path file = directory.resolve("mine.yaml");
    Files.writeString(file, "findings: {treshold: 0.9}");
    // When / Then
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(
            "recipe %s: findings: unknown key treshold (did you mean threshold?); known are"
                .formatted(file));
  }

  private static DatasetRecipe read(Path file) throws IOException {
    RecipeOption option = new RecipeOption();
    new CommandLine(new Holder(option)).parseArgs("--recipe", file.toString());
    return option.read().dataset();
  }

  @CommandLine.Command
  private static final class Holder {
    @CommandLine.Mixin private final RecipeOption option;

    private Holder(RecipeOption option) {
      this.option = option;
    }
  }
}
