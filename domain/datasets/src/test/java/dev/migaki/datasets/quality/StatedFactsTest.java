package dev.migaki.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatedFactsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "You may return it within 30 days. | Send it back within 14 days.",
        "返品は14日以内です。 | 返品は30日以内です。",
        "送料は500円です。 | 送料は¥600です。",
        "はい、可能です。 | いいえ、できません。",
        "Yes, you can. | No, you cannot.",
        "It costs $5. | It costs $7.50.",
        "保証期間は2年です。 | 保証期間は3年間です。",
        "Within five business days. | It takes 7 business days.",
        "保証期間は二年です。 | 保証期間は三年間です。",
        "返品は十四日以内です。 | 返品は三十日以内です。",
        "手数料は千二百円です。 | 手数料は1,000円です。"
      })
  void shouldContradictWhenNumbersOrStanceDiffer(String one, String other) {
    // When
    boolean contradicts = StatedFacts.of(one).contradicts(StatedFacts.of(other));

    // Then
    assertThat(contradicts).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Within 30 days. | You have 30 days, and shipping takes 2 days.",
        "1,000円です。 | 1000円になります。",
        "It takes 5 minutes. | There are 3 steps.",
        "営業日で3日かかります。 | 3営業日かかります。",
        "Open the app. | Use the app.",
        "保証期間は二年です。 | 保証期間は2年です。",
        "二百五十円です。 | 250円になります。",
        "説明は十分です。 | 説明は5分です。"
      })
  void shouldNotContradictWhenOneSaysMoreOrSpeaksOfOtherThings(String one, String other) {
    // When
    boolean contradicts = StatedFacts.of(one).contradicts(StatedFacts.of(other));

    // Then
    assertThat(contradicts).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "返品はできません, true",
    "問題ありません, false",
    "Opened filters cannot be returned, true",
    "Do not hesitate to ask, false",
    "Works without a card, true",
    "We are unable to help, true",
    "It isn't allowed, true",
    "Neither is free, true",
    "It never stops and there is none, true",
    "The notice about knots is north of here, false",
    "返品 is not possible, true",
    "No problem: write to us, false",
    "全員が対象です, false"
  })
  void shouldKnowNegationWhenItIsMeant(String text, boolean negated) {
    // When
    boolean found = StatedFacts.of(text).negated();

    // Then
    assertThat(found).isEqualTo(negated);
  }
}
