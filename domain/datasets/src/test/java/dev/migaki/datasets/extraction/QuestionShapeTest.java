package dev.migaki.datasets.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that count lines go, numbers that say something stay. */
final class QuestionShapeTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Q3. 返品できますか。 | 返品できますか。",
        "1.返品できますか。 | 返品できますか。",
        "2) Can I return it? | Can I return it?",
        "2.1 返品について | 返品について",
        "３　返品について | 返品について",
        "4 Returns and refunds | Returns and refunds",
        "第2章 保証 | 保証",
        "③返品できますか。 | 返品できますか。",
        "■ 送料はいくらですか。 | 送料はいくらですか。"
      })
  void shouldTakeTheNumberingOff(String line, String bare) {
    assertThat(QuestionShape.withoutNumbering(line)).isEqualTo(bare);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4月入社ですが、有休は何日もらえますか。",
        "3か月前に買った商品は返品できますか。",
        "3 か月前に買った商品は返品できますか。",
        "20畳のリビングに1台で足りますか。",
        "1.5Lのボトルは使えますか。",
        "1.5 リットルのボトルは使えますか。",
        "1、2年目の社員も対象ですか。",
        "24 hours after the order, can I still change it?",
        "5GHzの回線で使えますか。",
        "2人で使えますか。"
      })
  void shouldKeepNumbersThatBelongToTheQuestion(String line) {
    assertThat(QuestionShape.withoutNumbering(line)).isEqualTo(line);
  }
}
