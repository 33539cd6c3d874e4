package dev.migaki.datasets.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.metrics.Chrf;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordingBandTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "How do I cancel an order? | Show me how to stop an order. | false",
        "The app does not accept my password any more. How can I log in? | Hi, the app does not accept my password any more. How can I log in? | false",
        "How do I reset my password? | Could you tell me how to reset my password? | true",
        "会員を退会するにはどうすればよいですか？ | 会員を会員登録の解除するには？ | false",
        "保証期間を過ぎた製品の修理にはどのくらいの費用と日数がかかりますか？ | 質問です。保証期間を過ぎた製品の修理にはどのくらいの費用と日数がかかりますか？ | false",
        "送料はいくらですか？ | 送料はいくらか教えてください。 | true"
      })
  void shouldRefuseWhatIsTooNearOrTooFarWhenQuestionIsReworded(
      String question, String wording, boolean holds) {
    // When / Then
    assertThat(WordingBand.holds(question, new Wording(wording, "a")))
        .as("chrF %.1f", Chrf.score(wording, question))
        .isEqualTo(holds);
  }

  @Test
  void shouldLetKeywordsPassWhenTheyLeaveMostLettersOut() {
    // Given
    String question = "返品の送料は誰が負担しますか？";
    String keywords = "返品 送料 誰 負担";

    // When / Then
    assertThat(Chrf.score(keywords, question)).isLessThan(30);
    assertThat(WordingBand.holds(question, new Wording(keywords, "ja-keywords"))).isTrue();
  }

  @Test
  void shouldTrainOnlyInsideTheBandButTestOutsideToo() {
    // Given
    String question = "会員を退会するにはどうすればよいですか？";
    QuestionRewriter rewriter = new QuestionRewriter(1, 0);

    // When
    List<Wording> trained = rewriter.forTraining(question, "ja", 1000);
    List<Wording> heldOut = rewriter.heldOut(question, "ja");

    // Then
    assertThat(trained)
        .isNotEmpty()
        .allSatisfy(
            wording ->
                assertThat(
                        wording.template().contains("keywords")
                            || WordingBand.holds(question, wording))
                    .as(wording.template())
                    .isTrue());
    assertThat(heldOut).anyMatch(wording -> !WordingBand.holds(question, wording));
  }
}
