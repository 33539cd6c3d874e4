package dev.migaki.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerScoresTest {

  @Test
  void shouldCompareJapaneseByCharacterAndEnglishByWord() {
    assertThat(AnswerTokens.of("The Wi-Fi サーバーは３台です。"))
        .containsExactly("wi", "fi", "サ", "ー", "バ", "ー", "は", "3", "台", "で", "す");
  }

  @Test
  void shouldScoreSharedTokensWhenAnswersOverlap() {
    // 3 shared of 4 and 5 tokens
    assertThat(AnswerScores.tokenF1("open every day early", "it is open every day"))
        .isCloseTo(2.0 * 3 / 9, offset(1e-12));
  }

  @Test
  void shouldCountRepeatedTokensOnlyAsOftenAsTheReferenceHasThem() {
    assertThat(AnswerScores.tokenF1("no no no", "no")).isCloseTo(0.5, offset(1e-12));
  }

  @Test
  void shouldScoreZeroWhenOneSideIsEmpty() {
    assertThat(AnswerScores.tokenF1("", "yes")).isZero();
    assertThat(AnswerScores.tokenF1("…", "。")).isOne();
  }

  @Test
  void shouldIgnoreCasePunctuationAndWidthWhenMatchingExactly() {
    assertThat(AnswerScores.exactMatch("Ｏpen at 9:00!", "open at 9:00")).isOne();
    assertThat(AnswerScores.exactMatch("open at 9:30", "open at 9:00")).isZero();
  }

  @Test
  void shouldNotCountAsRightWhenAnotherKnownAnswerIsNearer() {
    // Given
    String reference = "returns are accepted within 14 days of delivery at no cost";
    String other = "returns are accepted within 30 days of delivery at no cost";

    // When
    ScoredAnswer wrongSource =
        ScoredAnswer.of(
            "q", other, reference, Double.NaN, new KnownAnswers(List.of(reference, other)));
    ScoredAnswer rightSource =
        ScoredAnswer.of(
            "q", reference, reference, Double.NaN, new KnownAnswers(List.of(reference, other)));

    // Then
    assertThat(wrongSource.tokenF1()).isGreaterThan(0.8);
    assertThat(wrongSource.answeredRight()).isFalse();
    assertThat(rightSource.answeredRight()).isTrue();
  }

  @Test
  void shouldRecogniseDeclinesInBothLanguages() {
    assertThat(Declines.isDecline("I don’t have information about that.")).isTrue();
    assertThat(Declines.isDecline("申し訳ありませんが、その情報は持っていません。")).isTrue();
    assertThat(Declines.isDecline("The warranty lasts two years.")).isFalse();
    assertThat(Declines.isDecline("")).isFalse();
  }

  @Test
  void shouldAnswerWithTheNearestKnownQuestion() {
    NearestQuestionLookup lookup =
        new NearestQuestionLookup(
            List.of("How long does delivery take?", "返品はできますか"),
            List.of("Three days.", "はい、14日以内です。"));

    assertThat(lookup.answer("Could you tell me how long the delivery takes?"))
        .isEqualTo("Three days.");
    assertThat(lookup.answer("返品したいのですが")).isEqualTo("はい、14日以内です。");
  }
}
