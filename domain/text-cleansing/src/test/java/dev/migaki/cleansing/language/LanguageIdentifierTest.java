package dev.migaki.cleansing.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguageIdentifierTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ja|カートリッジは6か月ごとに交換してください。",
        "ja|返品方法",
        "ja|Webショップの AQUALEAF のページで買えます",
        "en|How often should the filter be cleaned?",
        "en|Rinse the basin every three days.",
        "ko|필터는 얼마나 자주 교환해야 합니까?",
        "zh|请问过滤器多长时间需要更换一次才能保证水质安全",
        "de|Wie oft muss der Filter gereinigt werden, damit er gut funktioniert?",
        "fr|Combien de temps faut-il pour recevoir ma commande à la maison ?",
        "und|12 34-56",
      })
  void shouldIdentifyLanguage(String code, String text) {
    assertThat(LanguageIdentifier.create().identify(text).code()).isEqualTo(code);
  }

  @Test
  void shouldIdentifyLanguageOfMostCharactersAsIfEachTextWereAsked() {
    // Given
    LanguageIdentifier identifier = LanguageIdentifier.create();
    String german = "Wie oft muss der Filter gereinigt werden, damit er gut funktioniert?";
    String english = "How often should the filter be cleaned?";

    // When
    IdentifiedLanguage mixed = identifier.identifyMost(List.of(english, "返品方法", german), null);
    IdentifiedLanguage mostlyEnglish =
        identifier.identifyMost(List.of(english, english, german), null);
    IdentifiedLanguage numbers = identifier.identifyMost(List.of("12 34-56"), null);
    IdentifiedLanguage known = identifier.identifyMost(List.of("12 34-56"), "fr");

    // Then
    assertThat(mixed.code()).isEqualTo("de");
    assertThat(mostlyEnglish.code()).isEqualTo("en");
    assertThat(numbers.isDetermined()).isFalse();
    assertThat(known.code()).isEqualTo("fr");
  }
}
