package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedactionActionTest {

  private static CleansingRecipe keyed(String key) {
    return CleansingRecipe.standard()
        .withPseudonymKey(PseudonymKey.of(key.getBytes(StandardCharsets.UTF_8)))
        .withTreatment(FindingType.PERSON, RedactionAction.PSEUDONYM, 0.5)
        .withTreatment(FindingType.PHONE_NUMBER, RedactionAction.PSEUDONYM, 0.5);
  }

  private static String placeholder(TextCleanser cleanser, List<String> blocks, int block) {
    String text =
        cleanser
            .cleanseDocument(
                blocks.stream().map(TextBlock::of).toList(), DocumentContext.nothingKnown())
            .texts()
            .get(block);
    return text.substring(text.indexOf('<'), text.indexOf('>') + 1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "AGE|I am 34 years old.|I am <AGE_30s> years old.",
        "DATE_OF_BIRTH|生年月日は昭和60年4月12日です。|生年月日は<DATE_OF_BIRTH_1985>です。",
        "DATE_OF_BIRTH|I was born on March 14, 1955.|I was born on <DATE_OF_BIRTH_1955>.",
        "POSTAL_CODE|郵便番号は100-0001です。|郵便番号は<POSTAL_CODE_100>です。",
        "STREET_ADDRESS|住所は東京都千代田区架空町1丁目2番3号です。|住所は<STREET_ADDRESS_東京都>です。",
        "PHONE_NUMBER|電話は090-1234-5678です。|電話は<PHONE_NUMBER_1>です。",
      })
  void shouldMakeCoarserOrElseReplaceWhenGeneralising(
      FindingType type, String text, String expected) {
    // Given
    TextCleanser cleanser =
        TextCleanser.create(
            CleansingRecipe.standard().withTreatment(type, RedactionAction.GENERALISE, 0.5));

    // When
    Redaction redaction = cleanser.redact(text);

    // Then
    assertThat(redaction.text()).isEqualTo(expected);
    assertThat(redaction.isQuarantined()).isFalse();
  }

  @Test
  void shouldGiveOnePersonOnePseudonymInAllDocumentsHoweverTheyAreNamed() {
    // Given
    TextCleanser cleanser = TextCleanser.create(keyed("tenant-a"));
    List<String> first = List.of("佐藤健一様からお電話がありました。", "佐藤様は返品をご希望です。");
    List<String> second = List.of("佐藤　健一様、いつもありがとうございます。");

    // When
    String full = placeholder(cleanser, first, 0);
    String part = placeholder(cleanser, first, 1);
    String elsewhere = placeholder(cleanser, second, 0);

    // Then
    assertThat(part).isEqualTo(full);
    assertThat(elsewhere).isEqualTo(full);
  }

  @Test
  void shouldKnowAPersonAgainByEachPartOfTheName() {
    // Given
    TextCleanser cleanser = TextCleanser.create(keyed("tenant-a"));

    // When
    String foreign = placeholder(cleanser, List.of("ロベルト・ザンドーリ氏が来た。", "ザンドーリの席は三階。"), 1);
    String given = placeholder(cleanser, List.of("城垣涼介さんが来た。", "涼介の席は三階。"), 1);

    // Then
    assertThat(foreign).isEqualTo(placeholder(cleanser, List.of("ロベルト・ザンドーリ氏が来た。"), 0));
    assertThat(given).isEqualTo(placeholder(cleanser, List.of("城垣涼介さんが来た。"), 0));
  }

  @Test
  void shouldGiveOnePhoneNumberOnePseudonymWithAndWithoutCountry() {
    // Given
    TextCleanser cleanser = TextCleanser.create(keyed("tenant-a"));

    // When
    String domestic = placeholder(cleanser, List.of("電話は090-1234-5678です。"), 0);
    String international = placeholder(cleanser, List.of("Phone: +81 90 1234 5678"), 0);

    // Then
    assertThat(international).isEqualTo(domestic);
  }

  @Test
  void shouldGiveAnotherTenantAnotherPseudonym() {
    // Given
    List<String> blocks = List.of("佐藤健一様からお電話がありました。");

    // When
    String one = placeholder(TextCleanser.create(keyed("tenant-a")), blocks, 0);
    String other = placeholder(TextCleanser.create(keyed("tenant-b")), blocks, 0);

    // Then
    assertThat(other).isNotEqualTo(one);
  }

  @Test
  void shouldRemoveTheTenantsOwnTermsWhereverTheyStand() {
    // Given
    Glossary glossary = Glossary.of(List.of(), List.of("Project Kestrel"), List.of("見本 史郎"));
    TextCleanser cleanser = TextCleanser.create(CleansingRecipe.standard().withGlossary(glossary));

    // When
    String text = cleanser.redact("project kestrelは見本史郎が見ています。").text();

    // Then
    assertThat(text).isEqualTo("<CONFIDENTIAL_TERM_1>は<PERSON_1>が見ています。");
  }

  @Test
  void shouldHoldMarksAndPositionsButNoTextInTheAudit() {
    // Given
    TextCleanser cleanser = TextCleanser.create(CleansingRecipe.standard());
    String text = "連絡先は090-1234-5678、担当は佐藤健一です。";

    // When
    CleansedText cleansed = cleanser.cleanse(text, DocumentContext.nothingKnown());

    // Then
    assertThat(cleansed.audit()).isNotEmpty();
    assertThat(cleansed.audit().toString()).doesNotContain("佐藤", "1234", "5678");
    assertThat(cleansed.audit())
        .allSatisfy(entry -> assertThat(entry.mark()).matches("[0-9a-f]{64}"));
  }
}
