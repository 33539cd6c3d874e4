package dev.migaki.cleansing.spelling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.DocumentContext;
import dev.migaki.cleansing.TextBlock;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.recognition.Glossary;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

  private static final Map<String, String> TABLE =
      Map.of(
          "サーバ", "サーバー",
          "フィルタ", "フィルター",
          "ドライバ", "ドライバー",
          "下さい", "ください",
          "出来", "でき",
          "出来る", "できる",
          "支払", "支払い",
          "問合せ", "問い合わせ",
          "Eメール", "メール",
          "𩸽定食", "ほっけ定食");

  private static final SpellingCorrector BY_TABLE =
      SpellingCorrector.of(List.of("Aサーバ"), true, new Notation(TABLE, false));
  private static final SpellingCorrector BY_MAJORITY =
      SpellingCorrector.of(List.of("Aサーバ"), true, new Notation(Map.of(), true));

  @ParameterizedTest
  @CsvSource({
    "サーバの設定,サーバーの設定",
    "メールサーバを再起動,メールサーバーを再起動",
    "プリンタドライバ,プリンタドライバー",
    "ご確認下さい。,ご確認ください。",
    "利用出来ます。,利用できます。",
    "支払は月末です。,支払いは月末です。",
    "お問合せ先,お問い合わせ先",
    "Eメールで送る,メールで送る",
    "サーバ、サーバー、サーバ,サーバー、サーバー、サーバー",
  })
  void shouldSpellAsTheTableSaysWhenTheWordStandsAlone(String text, String right) {
    assertThat(BY_TABLE.correct(text).text()).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "サーバーの設定",
        "サーバント",
        "オブサーバ",
        "フィルタリング",
        "出来事",
        "支払額",
        "支払う",
        "支払いは月末です。",
        "`サーバ`",
        "https://example.com/サーバ",
        "${サーバ}",
        "<サーバ_1>",
        "Aサーバを使う",
        "WEメール"
      })
  void shouldLeaveOtherWordsCodeAndTermsAlone(String text) {
    assertThat(BY_TABLE.correct(text).edits()).isEmpty();
  }

  @Test
  void shouldRecordWhereAndWhyWhenSpelledByTheTable() {
    // When
    CorrectedText corrected = BY_TABLE.correct("\uD83D\uDE00サーバをご確認下さい。");

    // Then
    assertThat(corrected.edits())
        .containsExactly(
            new SpellingEdit(2, 5, "サーバ", "サーバー", "notation-table"),
            new SpellingEdit(9, 12, "下さい", "ください", "notation-table"));
  }

  @Test
  void shouldPreferTheTenantsSpellingWhenItLooksLikeAnError() {
    // Given
    SpellingCorrector corrector =
        SpellingCorrector.of(List.of(), true, new Notation(Map.of("シミュレーション", "シュミレーション"), false));

    // When / Then
    assertThat(corrector.correct("シミュレーションとシュミレーション").text()).isEqualTo("シュミレーションとシュミレーション");
  }

  @ParameterizedTest
  @CsvSource({
    "サーバとサーバー。サーバーへ。,サーバーとサーバー。サーバーへ。",
    "サーバとサーバー。サーバへ。,サーバとサーバ。サーバへ。",
    "サーバとサーバー。,サーバとサーバー。",
    "ご確認下さい。ご連絡ください。お待ちください。,ご確認ください。ご連絡ください。お待ちください。",
    "出来ます。できます。できる。,できます。できます。できる。",
    "5分から10分です。わかります。わかりました。,5分から10分です。わかります。わかりました。",
    "`サーバー` `サーバー` サーバとサーバーとサーバ,`サーバー` `サーバー` サーバとサーバとサーバ",
  })
  void shouldFollowWhatTheDocumentWritesMostOften(String text, String unified) {
    assertThat(BY_MAJORITY.correct(text).text()).isEqualTo(unified);
  }

  @Test
  void shouldCountOverTheWholeDocumentWhenItHasSeveralTexts() {
    // Given
    TextCleanser cleanser =
        TextCleanser.create(CleansingRecipe.standard().withNotation(new Notation(Map.of(), true)));
    List<TextBlock> blocks =
        List.of(
            TextBlock.of("ユーザーの設定"),
            TextBlock.of("ユーザの登録"),
            TextBlock.of("ユーザーの削除"),
            TextBlock.code("ユーザ ユーザ ユーザ"));

    // When
    List<String> texts = cleanser.cleanseDocument(blocks, DocumentContext.nothingKnown()).texts();

    // Then
    assertThat(texts).containsExactly("ユーザーの設定", "ユーザーの登録", "ユーザーの削除", "ユーザ ユーザ ユーザ");
  }

  @Test
  void shouldFollowTheTableWhenMostOfTheDocumentDoesNot() {
    // Given
    SpellingCorrector corrector =
        SpellingCorrector.of(List.of(), true, new Notation(Map.of("サーバー", "サーバ"), true));

    // When / Then
    assertThat(corrector.correct("サーバーとサーバーとサーバ").text()).isEqualTo("サーバとサーバとサーバ");
  }

  @Test
  void shouldSpellByTheTableWhenErrorsAreNotCorrected() {
    // Given
    CleansingRecipe recipe =
        CleansingRecipe.standard()
            .withRepairs(true, true, false)
            .withNotation(new Notation(TABLE, false));

    // When / Then
    assertThat(TextCleanser.create(recipe).correct("サーバのシュミレーション").text())
        .isEqualTo("サーバーのシュミレーション");
  }

  @ParameterizedTest
  @CsvSource({
    "サーバ,サーバ,replaced by itself",
    "サーバ,' サーバー',blanks",
    "サーバ,<サーバ_1>,cannot hold",
    "ｻｰﾊﾞ,サーバー,no repaired text",
    "渡邊,渡辺,name",
  })
  void shouldRefuseByKeyWhenTheWordCanNeverBeSpelledSo(String from, String to, String reason) {
    assertThatThrownBy(() -> new Notation(Map.of(from, to), false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("findings.notation." + from + ": ")
        .hasMessageContaining(reason);
  }

  @Test
  void shouldRefuseByKeyWhenTheTableDoesNotComeToRest() {
    assertThatThrownBy(() -> new Notation(Map.of("サーバ", "サーバー", "サーバー", "サーバ"), false))
        .hasMessageContaining("findings.notation.サーバ")
        .hasMessageContaining("replaced too");
    assertThatThrownBy(() -> new Notation(Map.of("サーバ", "サーバー", "メールサーバー", "メール サーバ"), false))
        .hasMessageContaining(
            "findings.notation.メールサーバー: its spelling holds サーバ, which is replaced too");
  }

  @Test
  void shouldRefuseByKeyWhenTheWordIsInTheGlossary() {
    // Given
    CleansingRecipe recipe =
        CleansingRecipe.standard().withGlossary(Glossary.of(List.of("サーバ"), List.of(), List.of()));

    // When / Then
    assertThatThrownBy(() -> recipe.withNotation(new Notation(TABLE, false)))
        .hasMessageStartingWith("findings.notation.サーバ: is in findings.glossary");
  }

  private static final List<String> PIECES =
      List.of(
          "サーバ",
          "サーバー",
          "フィルタ",
          "フィルター",
          "リング",
          "ドライバ",
          "プリンタ",
          "プリンター",
          "メール",
          "ント",
          "ー",
          "・",
          "下さい",
          "ください",
          "して",
          "ご確認",
          "出来",
          "出来る",
          "でき",
          "できる",
          "ます",
          "事",
          "支払",
          "支払い",
          "額",
          "う",
          "は",
          "を",
          "問合せ",
          "問い合わせ",
          "お",
          "先",
          "Eメール",
          "𩸽定食",
          "ほっけ定食",
          "。",
          "、",
          " ",
          "\n",
          "\uD83D\uDE00",
          "e\u0301",
          "か\u3099",
          "`",
          "https://a.jp/",
          "<PERSON_1>",
          "Aサーバ",
          "シュミレーション",
          "ユーザ",
          "ユーザー",
          "わかり",
          "分かり",
          "ました",
          "すべて",
          "全て",
          "の");

  private static String text(Random random) {
    return IntStream.range(0, 1 + random.nextInt(24))
        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
        .collect(Collectors.joining());
  }

  @RepeatedTest(60)
  void shouldChangeNothingMoreWhenSpelledAgain(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (SpellingCorrector corrector :
        List.of(
            SpellingCorrector.of(List.of("Aサーバ"), false, new Notation(TABLE, false)),
            SpellingCorrector.of(List.of("Aサーバ"), false, new Notation(Map.of(), true)),
            SpellingCorrector.of(List.of("Aサーバ"), false, new Notation(TABLE, true)))) {
      for (int i = 0; i < 60; i++) {
        // Given
        String text = text(random);

        // When
        CorrectedText once = corrector.correct(text);

        // Then
        assertThat(corrector.correct(once.text()).edits())
            .as("seed %d: %s, then %s", repetition.getCurrentRepetition(), text, once.text())
            .isEmpty();
        assertThat(corrector.correct(text)).isEqualTo(once);
        assertOffsetsExact(text, once);
      }
    }
  }

  @RepeatedTest(20)
  void shouldKeepOffsetsExactWhenCharactersAreRandom(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    for (int i = 0; i < 100; i++) {
      // Given: halves of surrogate pairs, marks and controls among the words
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 40; j++) {
        if (random.nextInt(3) == 0) {
          text.append(PIECES.get(random.nextInt(PIECES.size())));
        } else {
          text.append(
              (char)
                  (random.nextBoolean() ? random.nextInt(0x10000) : 0x3040 + random.nextInt(192)));
        }
      }
      SpellingCorrector corrector =
          SpellingCorrector.of(List.of("Aサーバ"), true, new Notation(TABLE, true));

      // When
      CorrectedText corrected = corrector.correct(text.toString());

      // Then
      assertOffsetsExact(text.toString(), corrected);
      assertThat(corrector.correct(text.toString())).isEqualTo(corrected);
    }
  }

  /** The edits, put into the text, make the corrected text. */
  private static void assertOffsetsExact(String text, CorrectedText corrected) {
    StringBuilder rebuilt = new StringBuilder();
    int position = 0;
    for (SpellingEdit edit : corrected.edits()) {
      assertThat(text.substring(edit.start(), edit.end())).isEqualTo(edit.from());
      rebuilt.append(text, position, edit.start()).append(edit.to());
      position = edit.end();
    }
    assertThat(rebuilt.append(text, position, text.length()).toString())
        .isEqualTo(corrected.text());
  }
}
