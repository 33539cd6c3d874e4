package dev.migaki.datasets.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import dev.migaki.datasets.RejectReason;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExampleQualityTest {
  private final ExampleQuality quality = new ExampleQuality(QualityLimits.defaults());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "? | An answer that is long enough. | QUESTION_TOO_SHORT",
        "When do you open? | TBD | ANSWER_TOO_SHORT",
        "営業時間は何時ですか？ | 準備中 | ANSWER_TOO_SHORT",
        "Who is the contact? | <PERSON_1> | PLACEHOLDER_ONLY",
        "Who is it? | It is <PERSON_1>, <EMAIL_ADDRESS_1>. | TOO_MANY_PLACEHOLDERS",
        "返品はできますか？ | Yes, returns are possible for thirty days. | LANGUAGE_MISMATCH",
        "Opening hours of the shop | Opening hours of the shop. | ANSWER_REPEATS_QUESTION",
        "Where is the menu? | Home. Log in. Sign up. Contact us. Privacy policy. All rights"
            + " reserved. | BOILERPLATE",
        "What are the treatments? | These resources address the treatment: - Guide: The treatment of"
            + " leaves - Registry: Leaves | BOILERPLATE",
        "治療法は何ですか？ | 以下の資料をご覧ください。・治療の手引き ・登録制度の案内 | BOILERPLATE",
        "What is in the box? | The box holds a lid. The box holds a lid. The box holds a lid. The"
            + " box holds a lid. The box holds a lid. | REPETITIVE",
        "What does the log say? | ///// ----- ##### 0x0 ===== ----- ///// ##### ----- ===== /////"
            + " ##### 0x0 ===== ----- | TOO_COMPLEX"
      })
  void shouldRejectWithReasonWhenExampleIsNotWorthTraining(
      String question, String answer, RejectReason reason) {
    // When
    Optional<RejectReason> found = quality.check(Examples.aPair("d", question, answer));

    // Then
    assertThat(found).contains(reason);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        Example.SECTION_RULE,
        "dialogue",
        "dialogue-opening",
        "mail-thread",
        "mail-thread-opening"
      })
  void shouldAllowLongerAnswersWhenTheyWereWrittenAsAnswers(String passageRule) {
    // Given 1,400 characters without a repetition
    String answer =
        IntStream.range(0, 50)
            .mapToObj(n -> "Part number %d keeps for %d weeks.".formatted(n * 37, n * 11 + 3))
            .collect(Collectors.joining(" "))
            .substring(0, 1400);
    Example written = Examples.aPair("d", "How long do the parts keep?", answer);
    Example passage =
        Example.original(
            "en", written.messages(), Objects.requireNonNull(written.source()), passageRule);

    // Then
    assertThat(quality.check(written)).isEmpty();
    assertThat(quality.check(passage)).contains(RejectReason.ANSWER_TOO_LONG);
  }

  @Test
  void shouldRejectWhenLanguageIsNotListed() {
    // Given
    ExampleQuality onlyJapanese =
        new ExampleQuality(
            new QualityLimits(java.util.List.of("ja"), 2, 400, 2, 2000, 1200, 0.15, 0.5, 800));

    // When
    Optional<RejectReason> found =
        onlyJapanese.check(Examples.aPair("d", "When do you open?", "We open at nine."));

    // Then
    assertThat(found).contains(RejectReason.LANGUAGE_NOT_WANTED);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "When do you open? | We open at nine.",
        "営業時間は何時ですか？ | 9時から18時までです。",
        "サポートのメールは何ですか？ | support",
        "Whom do I ask? | Ask the desk; <PERSON_1> knows all about the opening hours of our shops."
      })
  void shouldKeepExampleWhenItIsFine(String question, String answer) {
    // When
    Optional<RejectReason> found = quality.check(Examples.aPair("d", question, answer));

    // Then
    assertThat(found).isEmpty();
  }
}
