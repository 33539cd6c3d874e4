package dev.migaki.cleanse.outbound.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.platform.stage.TransientFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class YamlRecipesTest {
  @TempDir Path directory;

  @Test
  void shouldHoldDocumentsBackUntilTheRecipeIsMended() throws IOException {
    // Given
    YamlRecipes recipes = new YamlRecipes(directory, Optional.empty());
    Path file = directory.resolve("faq.yaml");
    Files.writeString(file, "findings: {treshold: 0.9}");
    assertThatThrownBy(() -> recipes.of("faq"))
        .isInstanceOfSatisfying(
            TransientFailure.class,
            failure -> {
              assertThat(failure.code().name()).isEqualTo("RECIPE_INVALID");
              assertThat(failure.isBounded()).isFalse();
            })
        .hasMessageStartingWith(
            "recipe faq.yaml: findings: unknown key treshold (did you mean threshold?)");

    // When
    Files.writeString(file, "findings: {threshold: 0.9}");

    // Then
    assertThat(recipes.of("faq").cleansing().treatment(FindingType.PERSON).threshold())
        .isEqualTo(0.9);
  }

  @Test
  void shouldAllowPseudonymsOnlyWithTheTenantsKey() throws IOException {
    Files.writeString(directory.resolve("faq.yaml"), "findings: {action: pseudonym}");
    assertThat(new YamlRecipes(directory, Optional.of("a key")).of("faq").hash()).hasSize(64);
    YamlRecipes without = new YamlRecipes(directory, Optional.empty());
    assertThatThrownBy(() -> without.of("faq"))
        .hasMessageContaining("findings.action: pseudonym needs the key");
  }
}
