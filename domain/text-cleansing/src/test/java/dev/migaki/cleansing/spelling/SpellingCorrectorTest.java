package dev.migaki.cleansing.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpellingCorrectorTest {

  private static final SpellingCorrector CORRECTOR =
      SpellingCorrector.withProtectedTerms(List.of());

  @ParameterizedTest
  @CsvSource({
    "Please recieve it seperately.,Please receive it separately.",
    "Definately!,Definitely!",
    "RECIEVE,RECEIVE",
    "open the the door,open the door",
    "シュミレーションを行う,シミュレーションを行う",
    "そのとうりです。,そのとおりです。",
    "少しづつ進める,少しずつ進める",
    "わかりずらい説明,わかりづらい説明",
    "THe server starts.,The server starts.",
    "Use the follow steps to begin.,Use the following steps to begin.",
  })
  void shouldCorrectWellKnownErrors(String wrong, String right) {
    assertThat(CORRECTOR.correct(wrong).text()).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "`recieve`",
        "https://example.com/recieve",
        "recieve_all()",
        "a recieve@example.com",
        "<RECIEVE_1>",
        "path/to/recieve.txt",
        "class RecieveHandler",
        "修正ください",
        "ガソリンサービスステーション",
        "リソスフェア",
        "ラベンダーの香り",
        "ask mjones or jsmith",
        "the esignature of the contract",
        "Enrollment is free of charge.",
        "The color of the fueling station is gray."
      })
  void shouldNotTouchCodeAddressesAndLookAlikes(String text) {
    assertThat(CORRECTOR.correct(text).edits()).isEmpty();
  }

  @Test
  void shouldNotTouchProtectedTerms() {
    assertThat(
            SpellingCorrector.withProtectedTerms(List.of("Recieve Pro"))
                .correct("Recieve Pro")
                .edits())
        .isEmpty();
  }

  @Test
  void shouldRecordEveryEdit() {
    // When
    CorrectedText corrected = CORRECTOR.correct("I beleive so.");

    // Then
    assertThat(corrected.edits())
        .containsExactly(new SpellingEdit(2, 9, "beleive", "believe", "english-misspelling"));
  }
}
