package dev.migaki.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migaki.datasets.recipes.DatasetRecipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @ParameterizedTest
  @ValueSource(strings = {"documents", "findings", "augmentation"})
  void shouldShowEveryKeyThatIsKnownInEveryRecipe(String block, @TempDir Path directory)
      throws IOException {
    // Given
    Path wrong = Files.writeString(directory.resolve("wrong.yaml"), block + ": {nobody: 1}");
    String message = catchThrowable(() -> read(wrong)).getMessage();
    String[] known = message.substring(message.indexOf("known are ") + 10).split(", ");

    for (Path recipe : recipes()) {
      // When
      Set<String> keys = keys(recipe, block);
      // Then
      assertThat(keys).as(recipe.toString()).contains(known);
    }
  }

  private static List<Path> recipes() {
    List<Path> recipes = new ArrayList<>(List.of(ROOT.resolve("recipes/default.yaml")));
    NAMES.forEach(name -> recipes.add(ROOT.resolve("recipes/presets/" + name + ".yaml")));
    return recipes;
  }

  private static Set<String> keys(Path recipe, String block) throws IOException {
    Set<String> keys = new HashSet<>();
    boolean inside = false;
    for (String line : Files.readAllLines(recipe)) {
      if (line.matches("\\w.*")) {
        inside = line.startsWith(block + ":");
      } else if (inside && line.matches("  \\w+:.*")) {
        keys.add(line.strip().split(":", 2)[0]);
      }
    }
    return keys;
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
