package dev.migaki.datasets.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.datasets.quality.StatedFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class SynonymsTest {
  private static final Synonyms SYNONYMS =
      new Synonyms(
          Map.of(
              "en", List.of(List.of("voucher", "gift code", "top-up"), List.of("10 GB", "plan")),
              "ja", List.of(List.of("返品", "返却"), List.of("サーバ", "ホスト"), List.of("返品する", "返さない"))));
  private static final QuestionRewriter PLAIN = new QuestionRewriter(7, 0);
  private static final QuestionRewriter TENANTS = new QuestionRewriter(7, 0, SYNONYMS);

  @ParameterizedTest
  @CsvSource({
    "en, How long is a voucher valid in the web shop?, gift code|top-up",
    "ja, 店舗で買った商品の返品はできますか？, 返却",
  })
  void shouldTrainATenantsWordFirstWhenOneFits(String language, String question, String words) {
    // When
    List<Wording> one = TENANTS.forTraining(question, language, 1);
    List<Wording> all = TENANTS.forTraining(question, language, 1000);

    // Then
    assertThat(one)
        .singleElement()
        .satisfies(
            wording -> {
              assertThat(wording.question()).containsPattern(words);
              assertThat(wording.template()).contains("tenant-synonym");
            });
    assertThat(all).startsWith(one.get(0)).doesNotHaveDuplicates();
    assertThat(all).extracting(Wording::question).doesNotHaveDuplicates();
    assertThat(all)
        .filteredOn(wording -> wording.template().contains("tenant-synonym"))
        .isNotEmpty()
        .allMatch(wording -> WordingBand.holds(question, wording));
    assertThat(TENANTS.forTraining(question, language, 3)).hasSize(3).startsWith(one.get(0));
    assertThat(TENANTS.forTraining(question, language, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "en, How long is a voucher valid in the web shop?",
    "ja, 店舗で買った商品の返品はできますか？",
  })
  void shouldAskTheSameInTheExamWhenATenantNamesSynonyms(String language, String question) {
    // When / Then
    assertThat(TENANTS.heldOut(question, language))
        .isNotEmpty()
        .isEqualTo(PLAIN.heldOut(question, language));
  }

  @ParameterizedTest
  @CsvSource({
    "en, Are the vouchers valid abroad?",
    "en, Which plan is the cheapest one of all?",
    "ja, サーバーの再起動はどうすればいいですか？",
    "ja, 商品を返品するにはどうすればよいですか？",
  })
  void shouldLeaveTheQuestionWhenTheWordIsPartOfAnotherOrItsMeaningWouldChange(
      String language, String question) {
    // When
    List<Wording> wordings = TENANTS.forTraining(question, language, 1000);

    // Then
    StatedFacts stated = StatedFacts.of(question);
    assertThat(wordings)
        .isNotEmpty()
        .noneMatch(w -> w.question().matches("(?i).*(gift code|10 GB|ホスト|返さない).*"))
        .allMatch(w -> StatedFacts.of(w.question()).negated() == stated.negated());
  }

  @Test
  void shouldLeaveOutAWordingThatAHeldOutQuestionCouldBe() {
    // Given
    String question = "返金のお願いはどこに出しますか？";
    QuestionRewriter rewriter =
        new QuestionRewriter(
            7, 0, new Synonyms(Map.of("ja", List.of(List.of("返金のお願い", "返金対応のお願い")))));

    // When
    Set<String> trained = new HashSet<>();
    rewriter.forTraining(question, "ja", 1000).forEach(w -> trained.add(w.question()));

    // Then
    assertThat(rewriter.heldOut(question, "ja"))
        .extracting(Wording::question)
        .contains("返金対応のお願いはどこに出しますか？")
        .noneMatch(trained::contains);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void shouldRefuseByKeyWhenAGroupBreaksABound(String language, List<String> group, String reason) {
    // Given
    Map<String, List<List<String>>> groups =
        Map.of(language, List.of(List.of("voucher", "gift code"), group));

    // When / Then
    assertThatThrownBy(() -> new Synonyms(groups))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("augmentation.synonyms." + language + "[1] ")
        .hasMessageContaining(reason);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("en", List.of("refund", "Reimbursement"), "reserved for held-out"),
        Arguments.of("ja", List.of("代金", "費用"), "reserved for held-out"),
        Arguments.of("en", List.of("refund"), "2 to 10 words"),
        Arguments.of("en", List.of("refund", "Refund"), "a word twice"),
        Arguments.of("ja", List.of("本", "書籍"), "2 to 64"),
        Arguments.of("en", List.of("refund ", "money back"), "without blanks"));
  }
}
