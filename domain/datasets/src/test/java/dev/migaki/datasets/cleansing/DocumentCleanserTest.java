package dev.migaki.datasets.cleansing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Examples;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DocumentCleanserTest {
  private final DocumentCleanser cleanser =
      new DocumentCleanser(TextCleanser.create(CleansingRecipe.standard()));

  @Test
  void shouldCleanEveryTextAndKeepStructureWhenDocumentHoldsPrivateData() {
    // Given
    ParsedDocument document =
        new ParsedDocument(
            "text/plain",
            "UTF-8",
            "en",
            "Contact emily.carter@example.com",
            List.of(
                new Block.Heading(1, "Contacts", 1),
                new Block.Table(
                    List.of(
                        List.of("Topic", "E-mail"), List.of("Returns", "emily.carter@example.com")),
                    true,
                    1),
                new Block.Turn(
                    Block.Role.CUSTOMER,
                    "Customer",
                    "Write to emily.carter@example.com please.",
                    1),
                new Block.Code("mail emily.carter@example.com", 1)));

    // When
    CleanDocument clean = cleanser.cleanse(document);

    // Then
    assertThat(clean.document().text()).doesNotContain("emily.carter");
    assertThat(clean.document().title()).doesNotContain("emily.carter");
    assertThat(clean.document().blocks()).hasSize(4);
    assertThat(clean.findings()).containsEntry("EMAIL_ADDRESS", 4);
    assertThat(clean.audit()).hasSize(4).allMatch(finding -> finding.mark().length() == 64);
    assertThat(clean.withheldBlocks()).isZero();
  }

  @Test
  void shouldSeeResidueWhenExampleStillHoldsPrivateData() {
    // Given
    CleanDocument source = cleanser.cleanse(paragraphs("We open at nine and close at five."));

    // When
    boolean dirty =
        cleanser.hasResidue(
            Examples.aPair("d", "Whom do I ask?", "Ask emily.carter@example.com about it."),
            source);
    boolean dirtyPair =
        cleanser.hasResidue(
            Examples.aPreference(
                "d",
                "Whom do I ask?",
                "We open at nine and close at five.",
                "Ask emily.carter@example.com about it."),
            source);
    boolean withheld =
        cleanser.hasResidue(
            Examples.aPair("d", "Whom do I ask?", DocumentCleanser.WITHHELD), source);
    boolean clean =
        cleanser.hasResidue(
            Examples.aPair("d", "When do you open?", "We open at nine and close at five."), source);

    // Then
    assertThat(dirty).isTrue();
    assertThat(dirtyPair).isTrue();
    assertThat(withheld).isTrue();
    assertThat(clean).isFalse();
  }

  @Test
  void shouldCallOnlyTextsProvenThatAScanFindsClean() {
    // When
    CleanDocument clean =
        cleanser.cleanse(
            paragraphs(
                "My name is Emily Carter and I have recieved nothing.",
                "Emily wrote on 3 May 2024 from Osaka. Call 415-555-0132 or ask Dr. Sato, aged 42.",
                "担当の田中太郎（32歳）です。電話は090-1234-5678、住所は東京都港区芝公園4-2-8です。",
                "田中様はインデントの件で来社されました。",
                "password: hunter2secret",
                "Nothing private here."));

    // Then
    assertThat(clean.provenClean()).hasSizeGreaterThanOrEqualTo(4);
    assertThat(clean.provenClean()).noneMatch(cleanser::hasResidue);
  }

  private static ParsedDocument paragraphs(String... texts) {
    return new ParsedDocument(
        "text/plain",
        "UTF-8",
        "en",
        null,
        Stream.of(texts).<Block>map(text -> new Block.Paragraph(text, 1)).toList());
  }
}
