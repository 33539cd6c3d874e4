package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each line: a text of an audit, and what is left of it. */
class RedactedTextTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "担当は髙橋です。|担当は<PERSON_1>です。",
        "髙橋一郎|<PERSON_1>",
        "山﨑さんに聞く。|<PERSON_1>さんに聞く。",
        "濵田部長|<PERSON_1>部長",
        "𠮷田さんです。|<PERSON_1>さんです。",
        "昨日、𠮷田さんと𠮷野家で会った髙橋です。|昨日、<PERSON_1>さんと𠮷野家で会った<PERSON_2>です。",
        "神﨑 美咲|<PERSON_1>",
        "嶋田まで|<PERSON_1>まで",
        "斎藤まで連絡ください。|<PERSON_1>まで連絡ください。",
        "福島まで電車で行きます。|福島まで電車で行きます。",
      })
  void shouldFoldVariantKanjiWhenNamesAreRead(String text, String redacted) {
    assertRedacted(text, redacted);
  }

  private static void assertRedacted(String text, String redacted) {
    // When
    Redaction redaction = CLEANSER.redact(text);

    // Then
    assertThat(redaction.text()).isEqualTo(redacted);
  }
}
