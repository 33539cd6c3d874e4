package dev.migaki.datasets.card;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.Examples;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.probe.ProbeReport;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SplitHistory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DataCardTest {
  private static final String ANSWER = "You have thirty days to send it back to our warehouse.";

  @Test
  void shouldSayWhatWasRemovedAndLeftOutWhenManifestHasCounts() {
    // When
    String card = card(manifest("faq.html", null));
    // Then
    assertThat(card)
        .contains("EMAIL_ADDRESS", "3 (100.0 %)")
        .contains("answer-too-short", "The answer is shorter than the recipe asks for")
        .contains("Recall was not measured")
        .contains("migaki.ingest")
        .contains("<svg");
  }

  @Test
  void shouldShowRecallWhenTheProbeRan() {
    // Given
    ProbeReport probe =
        new ProbeReport(
            9,
            Map.of(
                "PERSON", new ProbeReport.Recall(50, 40),
                "IBAN", new ProbeReport.Recall(50, 50)));
    // When
    String card = card(manifest("faq.html", probe));
    // Then
    assertThat(card)
        .contains("100 invented values", "90 (90.0 %)", "80.0 %")
        .contains("Less than 95 %");
  }

  @Test
  void shouldCountPairsAndShowNoAnswerOfTheirsWhenThereAreSome() {
    // Given
    DocumentExamples votes =
        new DocumentExamples(
            "votes",
            1,
            1,
            "votes.jsonl",
            List.of(
                Examples.aPreference("votes", "When do you open?", "We open at nine.", "Gladly.")));
    // When
    Manifest manifest = manifest("votes.jsonl", null, votes);
    // Then
    assertThat(card(manifest))
        .contains("<td>preference</td><td class=\"n\">1</td>")
        .doesNotContain("Gladly.");
    assertThat(new String(manifest.toJson(), StandardCharsets.UTF_8)).contains("\"preference\":1");
  }

  @Test
  void shouldShowNoMarkupOfTheirsAndNoAnswerWhenNamesAreHostile() {
    // When
    String card = card(manifest("<script>alert(1)</script>.html", null));
    // Then
    assertThat(card).doesNotContain("<script").contains("&lt;script&gt;");
    assertThat(card).doesNotContain(ANSWER).doesNotContain("How long may I think about it");
    assertThat(card).doesNotContain("http://").doesNotContain("https://");
  }

  @Test
  void shouldNotShowAnIdThatMayBeANameNobodyRead() {
    // When
    String card = card(described("Invoice John Smith.pdf", "Invoice <PERSON_1>.pdf"));
    String ordinary = card(described("faq.html", "faq.html"));
    String made = card(described("sha256-0a1b2c3d", "faq.html"));

    // Then
    assertThat(card).contains("Invoice &lt;PERSON_1&gt;.pdf").doesNotContain("Smith");
    assertThat(ordinary).contains("<td>faq.html</td><td>faq.html</td>");
    assertThat(made).contains("<td>sha256-0a1b2c3d</td>");
  }

  @Test
  void shouldGiveTheSameBytesWhenMadeTwice() {
    // When / Then
    assertThat(card(manifest("faq.html", null))).isEqualTo(card(manifest("faq.html", null)));
  }

  private static String card(Manifest manifest) {
    return new String(DataCard.of(manifest), StandardCharsets.UTF_8);
  }

  private static Manifest manifest(String filename, @Nullable ProbeReport probe) {
    DocumentExamples document =
        Examples.aDocument(
            filename,
            "How long may I think about it?",
            ANSWER,
            "Is shipping free?",
            "Shipping is free above eighty dollars.");
    return manifest(filename, probe, document);
  }

  private static Manifest described(String id, String filename) {
    return manifest(
        new Manifest.Document(id, 1, filename, 2),
        null,
        Examples.aDocument(
            filename, "Is shipping free?", "Shipping is free above eighty dollars."));
  }

  private static Manifest manifest(
      String filename, @Nullable ProbeReport probe, DocumentExamples document) {
    return manifest(new Manifest.Document("d1", 1, filename, 2), probe, document);
  }

  private static Manifest manifest(
      Manifest.Document described, @Nullable ProbeReport probe, DocumentExamples document) {
    SealedVersion sealed = Examples.seal(Recipe.defaults(), List.of(document), SplitHistory.none());
    return new Manifest(
        "shop",
        1,
        sealed,
        "recipe",
        null,
        List.of(described),
        List.of(new Manifest.Range("migaki.ingest", 0, 3, 9)),
        new TreeMap<>(Map.of("EMAIL_ADDRESS", 3)),
        new TreeMap<>(Map.of("answer-too-short", 2)),
        probe,
        Map.of());
  }
}
