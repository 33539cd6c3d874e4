package dev.migaki.datasets.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.spelling.Notation;
import dev.migaki.datasets.augmentation.Synonyms;
import dev.migaki.recipes.RecipeFiles;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words that a tenant may name: spellings and synonyms. */
class RecipeWordsTest {

  @Test
  void shouldHaveNeitherWhenTheRecipeNamesNone() {
    // When
    DatasetRecipe recipe = read("{}");

    // Then
    assertThat(recipe.cleansing().notation()).isEqualTo(Notation.asWritten());
    assertThat(recipe.examples().augmentation().synonyms()).isEqualTo(Synonyms.none());
  }

  @Test
  void shouldReadBothWhenGiven() {
    // When
    DatasetRecipe recipe =
        read(
            "{'findings':{'notation':{'サーバ':'サーバー'},'unifyNotation':true},"
                + "'augmentation':{'synonyms':{'ja':[['返品','返却']],'en':[['voucher','gift code']]}}}");

    // Then
    assertThat(recipe.cleansing().notation()).isEqualTo(new Notation(Map.of("サーバ", "サーバー"), true));
    assertThat(recipe.examples().augmentation().synonyms().groups())
        .isEqualTo(
            Map.of(
                "ja", List.of(List.of("返品", "返却")),
                "en", List.of(List.of("voucher", "gift code"))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'findings':{'notation':{'サーバ':'サーバ'}}} | findings.notation.サーバ",
        "{'findings':{'notation':['サーバ']}} | findings.notation",
        "{'findings':{'notation':{'サーバ':'サーバー'},'glossary':['サーバ']}} | findings.notation.サーバ",
        "{'augmentation':{'synonyms':[['返品','返却']]}} | augmentation.synonyms",
        "{'augmentation':{'synonyms':{'ja':['返品','返却']}}} | augmentation.synonyms.ja[0]",
        "{'augmentation':{'synonyms':{'ja':[['返品',1]]}}} | augmentation.synonyms.ja[0]",
        "{'augmentation':{'synonyms':{'jp':[['返品','返却']]}}} | augmentation.synonyms: unknown key jp",
      })
  void shouldNameTheKeyWhenAValueIsWrong(String recipe, String key) {
    // When / Then
    assertThatThrownBy(() -> read(recipe))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(key);
  }

  private static DatasetRecipe read(String json) {
    return RecipeFiles.read(
        json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
        (root, bytes) ->
            new RecipeReader(PseudonymKey.of(new byte[] {1}), true).read(root, "hash"));
  }
}
