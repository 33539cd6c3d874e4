package dev.migaki.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values: sacrebleu 2.6.0, {@code CHRF().sentence_score(hypothesis, [reference])}. */
class ChrfTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "The delivery takes three days.|Delivery takes three to five business days.|52.69996054895402",
        "返品は30日以内に受け付けます。|返品は商品到着後14日以内に受け付けています。|37.792518276528774",
        "abc|abc|100.0",
        "x|yz|0.0",
        "a b|ab|100.0",
        "''|abc|0.0",
        "Windows 11 で設定を開きます|Windows 11 の設定を開きます。|70.26458283745477",
        "colour 🎉 ok|color 🎉 okay|38.419556309772176"
      })
  void shouldEqualSacrebleu(String hypothesis, String reference, double expected) {
    assertThat(Chrf.score(hypothesis, reference)).isCloseTo(expected, offset(1e-9));
  }
}
