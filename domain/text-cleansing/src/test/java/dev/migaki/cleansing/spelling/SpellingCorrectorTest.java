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
    "The next pahse of the project starts in May.,The next phase of the project starts in May.",
    "The price exludes the cost of delivery.,The price excludes the cost of delivery.",
    "This documatation is for the store.,This documentation is for the store.",
    "It does'nt matter which one you use.,It doesn't matter which one you use.",
    "The store keeps the goods in it's own room.,The store keeps the goods in its own room.",
    "The team was lead by a friend of mine.,The team was led by a friend of mine.",
    "You need python 3.9 for this part of the shop.,You need Python 3.9 for this part of the shop.",
    "The goods which which you ordered are here.,The goods which you ordered are here.",
    "This is part ofthe offer for you.,This is part of the offer for you.",
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
        "The color of the fueling station is gray.",
        "The organization's and the territory's goods are in the store.",
        "You can be sure that in it's a long way to go.",
        "The minification of the files is done in the shop.",
        "They consided that it is time to go.",
        "Run ./python 3.9 in the shop.",
        "You can install the mysql gem and the openssl package of the shop.",
        "He will lead by the hand. It had had a price."
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
