package dev.migaki.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextCleanserTest {

  private static final TextCleanser CLEANSER = TextCleanser.create(CleansingRecipe.standard());

  @Test
  void shouldRemoveNameFromAllBlocksWhenOneBlockProvesIt() {
    // Given
    List<String> blocks = List.of("Thanks for the help. Okafor", "Dear Mr Thomas Okafor,");

    // When
    List<String> cleansed = CLEANSER.cleanseBlocks(blocks, DocumentContext.nothingKnown());

    // Then
    assertThat(cleansed).containsExactly("Thanks for the help. <PERSON_1>", "Dear Mr <PERSON_1>,");
  }

  @Test
  void shouldGiveEqualValuesEqualNumbersThroughoutTheDocument() {
    // When
    List<String> cleansed =
        CLEANSER.cleanseBlocks(
            List.of("Write to a.b@example.com.", "c.d@example.com or a.b@example.com"),
            DocumentContext.nothingKnown());

    // Then
    assertThat(cleansed)
        .containsExactly("Write to <EMAIL_ADDRESS_1>.", "<EMAIL_ADDRESS_2> or <EMAIL_ADDRESS_1>");
  }

  @Test
  void shouldBelieveTheColumnHeader() {
    // Given
    List<TextBlock> blocks =
        List.of(
            TextBlock.labelled("松本恵子", "氏名"),
            TextBlock.labelled("1992年7月3日", "生年月日"),
            TextBlock.labelled("原", "担当者"),
            TextBlock.labelled("guestroom", "Wi-Fi key"),
            TextBlock.labelled("WVWZZZ1JZXW000001", "VIN"));

    // When
    CleansedDocument document = CLEANSER.cleanseDocument(blocks, DocumentContext.nothingKnown());

    // Then
    assertThat(document.texts())
        .containsExactly(
            "<PERSON_1>", "<DATE_OF_BIRTH_1>", "<PERSON_2>", "<PASSWORD_1>", "<VEHICLE_PLATE_1>");
    assertThat(document.counts().byType()).containsEntry(FindingType.PERSON, 2);
  }

  @Test
  void shouldRemoveSpeakersThatTheDocumentNames() {
    // When
    List<String> cleansed =
        CLEANSER.cleanseBlocks(
            List.of("御手洗さんに確認します。"), DocumentContext.ofPersons(List.of("御手洗 冬馬")));

    // Then
    assertThat(cleansed).containsExactly("<PERSON_1>さんに確認します。");
  }

  @Test
  void shouldKeepWhatTheGlossaryAllowsAndRemoveWhatItForbids() {
    // Given
    Glossary glossary =
        Glossary.of(
            List.of("0120-123-456", "@tsuyukusa.example.jp"),
            List.of("Project Kestrel"),
            List.of());
    TextCleanser cleanser = TextCleanser.create(CleansingRecipe.standard().withGlossary(glossary));

    // When
    Redaction redaction =
        cleanser.redact("Project Kestrel: 電話 0120-123-456、help@tsuyukusa.example.jp、a@example.com");

    // Then
    assertThat(redaction.text())
        .isEqualTo(
            "<CONFIDENTIAL_TERM_1>: 電話 0120-123-456、help@tsuyukusa.example.jp、<EMAIL_ADDRESS_1>");
  }

  @Test
  void shouldNotSayPersonWhenTheSurfaceStandsInManyDocuments() {
    // Given
    CleansingRecipe recipe =
        CleansingRecipe.standard().withFrequencies(key -> key.equals("aidan") ? 40 : 0, 3);

    // When
    String text = TextCleanser.create(recipe).redact("We trained Aidan for a year.").text();

    // Then
    assertThat(text).isEqualTo("We trained Aidan for a year.");
  }

  @Test
  void shouldActAsTheRecipeSays() {
    // Given
    CleansingRecipe recipe =
        CleansingRecipe.standard()
            .withTreatment(FindingType.EMAIL_ADDRESS, RedactionAction.PSEUDONYM, 0.5)
            .withTreatment(FindingType.IP_ADDRESS, RedactionAction.MASK, 0.5)
            .withTreatment(FindingType.SSN, RedactionAction.DROP, 0.5)
            .withTreatment(FindingType.PHONE_NUMBER, RedactionAction.KEEP, 0.5)
            .withPseudonymKey(PseudonymKey.of("tenant".getBytes(StandardCharsets.UTF_8)));

    // When
    String text =
        TextCleanser.create(recipe)
            .redact("a@example.com 203.0.113.17 SSN 219-09-9999, phone 617-555-0199")
            .text();

    // Then
    assertThat(text).matches("<EMAIL_ADDRESS_[0-9a-f]{12}> \\*{8} SSN , phone 617-555-0199");
  }

  @Test
  void shouldNotReuseNumbersThatTheInputAlreadyHas() {
    assertThat(CLEANSER.redact("<PERSON_1> met Emily Carter").text())
        .isEqualTo("<PERSON_1> met <PERSON_2>");
  }

  @Test
  void shouldHoldNoTextInTheAuditTrail() {
    // When
    CleansedText cleansed =
        CLEANSER.cleanse("Write to a.b@example.com", DocumentContext.nothingKnown());

    // Then
    assertThat(cleansed.audit()).hasSize(1);
    assertThat(cleansed.audit().toString()).doesNotContain("a.b@");
    assertThat(cleansed.toString()).doesNotContain("Write");
  }

  @Test
  void shouldRepairRedactAndCorrectInOnePass() {
    // When
    CleansedDocument document =
        CLEANSER.cleanseDocument(
            List.of(TextBlock.of("Weâ€™ve recieved mail from emily@example.com")),
            DocumentContext.nothingKnown());
    CleansedText cleansed = document.blocks().get(0);

    // Then
    assertThat(cleansed.text()).isEqualTo("We’ve received mail from <EMAIL_ADDRESS_1>");
    assertThat(cleansed.repairs()).extracting("name").contains("mojibake");
    assertThat(cleansed.edits()).hasSize(1);
    assertThat(document.language().code()).isEqualTo("en");
  }
}
