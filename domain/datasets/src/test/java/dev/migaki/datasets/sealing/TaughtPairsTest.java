package dev.migaki.datasets.sealing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.card.DataCard;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TaughtPairsTest {
  private static final String QUESTION = "How many days may I keep the kettle?";

  @Test
  void shouldNameTeacherInLineageManifestAndCardWhenPairIsTaught() {
    // Given
    DocumentExamples document =
        document("manual", 1, taught("manual", QUESTION, "You may keep it for 30 days."));

    // When
    SealedVersion sealed = seal(document);

    // Then
    assertThat(sealed.teachers()).containsOnlyKeys("large-1");
    assertThat(sealed.teachers()).containsEntry("large-1", taughtLines(sealed));
    assertThat(text(sealed, "lineage"))
        .contains("\"template\":\"teacher:large-1\"", "\"teacher\":\"large-1\"", "\"start\":7");
    Manifest manifest =
        new Manifest(
            "shop",
            1,
            sealed,
            "recipe",
            null,
            List.of(),
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            null,
            Map.of());
    assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8))
        .contains("\"teachers\":{\"large-1\":" + taughtLines(sealed) + "}");
    assertThat(new String(DataCard.of(manifest), StandardCharsets.UTF_8))
        .contains("Training examples by teacher", "large-1");
  }

  @Test
  void shouldSayNothingOfTeachersWhenThereAreNone() {
    // When
    SealedVersion sealed =
        seal(Examples.aDocument("faq", QUESTION, "You may keep it for 14 days."));

    // Then
    assertThat(sealed.teachers()).isEmpty();
    assertThat(text(sealed, "lineage")).doesNotContain("teacher");
  }

  @Test
  void shouldKeepWhatTheDocumentSaysWhenTaughtPairContradictsIt() {
    // Given: the taught pair is of a newer document
    DocumentExamples faq = Examples.aDocument("faq", QUESTION, "You may keep it for 14 days.");
    DocumentExamples manual =
        document("manual", 2, taught("manual", QUESTION, "You may keep it for 30 days."));

    // When
    SealedVersion sealed = seal(faq, manual);

    // Then
    assertThat(text(sealed, "train")).contains("14 days").doesNotContain("30 days");
    assertThat(sealed.contradictions()).isEmpty();
    assertThat(sealed.rejects()).containsEntry("teacher-contradicted", 1);
  }

  @Test
  void shouldKeepWhatTheDocumentSaysWhenTaughtPairMerelyDiffers() {
    // Given
    DocumentExamples faq =
        Examples.aDocument("faq", "What is the kettle made of?", "The kettle is made of steel.");
    DocumentExamples manual =
        document(
            "manual",
            2,
            taught("manual", "What is the kettle made of?", "Of metal that does not rust."));

    // When
    SealedVersion sealed = seal(faq, manual);

    // Then
    assertThat(text(sealed, "train")).contains("of steel").doesNotContain("rust");
    assertThat(sealed.rejects()).containsEntry("other-answer-kept", 1);
  }

  private static int taughtLines(SealedVersion sealed) {
    return (int)
        text(sealed, "lineage")
            .lines()
            .filter(line -> line.contains("\"file\":\"train\"") && line.contains("\"teacher\":"))
            .count();
  }

  private static Example taught(String document, String question, String answer) {
    Source source = new Source(document, 1, document, 3, 7, 40, List.of());
    return Example.taught("en", question, answer, source, "large-1");
  }

  private static DocumentExamples document(String id, int generation, Example... examples) {
    return new DocumentExamples(id, 1, generation, id, List.of(examples));
  }

  private static SealedVersion seal(DocumentExamples... documents) {
    return Examples.seal(Recipe.defaults(), List.of(documents), SplitHistory.none());
  }

  private static String text(SealedVersion sealed, String file) {
    return new String(sealed.files().get(file).readAll(), StandardCharsets.UTF_8);
  }
}
