package dev.migaki.datasets.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.TokenCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BalanceReportTest {

  @Test
  void shouldNameTheDocumentWhenItGivesMostExamples() {
    // Given
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      String document = i < 30 ? "huge-faq.html" : "small-" + i + ".txt";
      examples.add(pair(document, i));
    }
    // When
    BalanceReport report = BalanceReport.of(examples, TokenCounter.estimate());
    // Then
    assertThat(report.warnings())
        .filteredOn(warning -> warning.kind().equals("source"))
        .singleElement()
        .satisfies(warning -> assertThat(warning.name()).isEqualTo("huge-faq.html"))
        .satisfies(warning -> assertThat(warning.share()).isEqualTo(0.75));
  }

  @Test
  void shouldWarnOfNoSourceWhenAllGiveTheSame() {
    // Given
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      examples.add(pair("document-" + i % 8, i));
    }
    // When
    BalanceReport report = BalanceReport.of(examples, TokenCounter.estimate());
    // Then
    assertThat(report.warnings()).noneMatch(warning -> warning.kind().equals("source"));
    assertThat(report.sources().evenness()).isEqualTo(1);
    assertThat(report.sources().entropyBits()).isEqualTo(3);
  }

  @Test
  void shouldTellDocumentsApartWhenTheirFilenamesAreEqualWithoutTheirPersons() {
    // Given
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      Source source = new Source("d" + i % 8, 1, "Invoice <PERSON_1>.pdf", 1, 0, 10, List.of());
      Example pair = pair("", i);
      examples.add(Example.original("en", pair.messages(), source, "faq-heading"));
    }
    // When
    BalanceReport report = BalanceReport.of(examples, TokenCounter.estimate());
    // Then
    assertThat(report.warnings()).noneMatch(warning -> warning.kind().equals("source"));
    assertThat(report.sources().counts())
        .hasSize(8)
        .containsEntry("Invoice <PERSON_1>.pdf", 5)
        .containsEntry("Invoice <PERSON_1>.pdf (8)", 5);
  }

  @Test
  void shouldGiveTheSameBytesWhenExamplesComeInAnotherOrder() {
    // Given
    List<Example> examples = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      examples.add(pair("document-" + i % 7, i));
    }
    List<Example> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, new Random(5));
    // When
    String first = BalanceReport.of(examples, TokenCounter.estimate()).toJson();
    String second = BalanceReport.of(shuffled, TokenCounter.estimate()).toJson();
    // Then
    assertThat(second).isEqualTo(first);
  }

  @Test
  void shouldCountOneWhenAllTextsAreTheSameAndAllWhenNoneShareAnything() {
    // When / Then
    assertThat(diversity(Collections.nCopies(20, "How long does delivery take?")))
        .isCloseTo(1, within(0.001));
    assertThat(diversity(List.of("aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd")))
        .isCloseTo(4, within(0.001));
    assertThat(diversity(List.of())).isZero();
  }

  @Test
  void shouldMeasureEntropyInBitsWhenCountsAreKnown() {
    // When
    Spread spread = Spread.of(Map.of("a", 2, "b", 1, "c", 1));
    // Then
    assertThat(spread.entropyBits()).isEqualTo(1.5);
    assertThat(spread.largest(1)).containsExactly(new Spread.Share("a", 2, 0.5));
  }

  @Test
  void shouldPutEveryLengthInOneBinWhenLengthsVary() {
    // When
    Lengths lengths = Lengths.of(new int[] {1, 15, 16, 40, 500});
    // Then
    assertThat(lengths.bins().stream().mapToInt(Lengths.Bin::count).sum()).isEqualTo(5);
    assertThat(lengths.bins().get(0)).isEqualTo(new Lengths.Bin(0, 15, 2));
    assertThat(lengths.maximum()).isEqualTo(500);
    assertThat(lengths.median()).isEqualTo(16);
  }

  private static double diversity(List<String> texts) {
    Diversity diversity = new Diversity();
    texts.forEach(diversity::add);
    return diversity.score();
  }

  private static Example pair(String document, int number) {
    return Examples.aPair(
        document, 1, "How do I use function " + number + "?", "Press button " + number + " twice.");
  }
}
