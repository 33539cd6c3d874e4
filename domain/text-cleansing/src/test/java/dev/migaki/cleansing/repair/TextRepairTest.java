package dev.migaki.cleansing.repair;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextRepairTest {

  private static final TextRepair REPAIR = TextRepair.all();

  @ParameterizedTest
  @CsvSource({
    "UTF-8,windows-1252",
    "UTF-8,ISO-8859-1",
    "windows-31j,ISO-8859-1",
    "EUC-JP,ISO-8859-1"
  })
  void shouldRestoreJapaneseWhenReadInTheWrongEncoding(String written, String read) {
    // Given
    String text = "新しいシダも植えました。こんにちは、世界。";
    byte[] bytes = text.getBytes(Charset.forName(written));
    String broken =
        read.equals("windows-1252")
            ? sloppyCp1252(bytes)
            : new String(bytes, Charset.forName(read));

    // When
    RepairedText repaired = REPAIR.repair(broken);

    // Then
    assertThat(repaired.text()).isEqualTo(text);
    assertThat(repaired.repairs()).extracting(AppliedRepair::name).contains("mojibake");
  }

  private static String sloppyCp1252(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    for (byte b : bytes) {
      String one = new String(new byte[] {b}, Charset.forName("windows-1252"));
      text.append(one.equals("\uFFFD") ? (char) (b & 0xFF) : one.charAt(0));
    }
    return text.toString();
  }

  @Test
  void shouldRepairShortRunsInsideGoodText() {
    assertThat(REPAIR.repair("Itâ€™s a cafÃ© in Köln.").text()).isEqualTo("It’s a café in Köln.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "① 開く",
        "㈱つゆくさ",
        "25㎡ 10㎏ ½",
        "「はい」！？（〜）",
        "naïve café Ångström",
        "x² + y³",
        "1～2日",
        "👨‍👩‍👧 家族",
        "Привет мир",
        "désolé, à bientôt"
      })
  void shouldLeaveMeaningAlone(String text) {
    assertThat(REPAIR.repair(text).text()).isEqualTo(text);
  }

  @Test
  void shouldFoldWidthOfLettersDigitsAndKatakana() {
    assertThat(REPAIR.repair("ＡＱＵＡ２００の ｶｰﾄﾘｯｼﾞ ﾊﾟｲﾌﾟ").text()).isEqualTo("AQUA200の カートリッジ パイプ");
    assertThat(TextRepair.keepingWidth().repair("ＡＱＵＡ").text()).isEqualTo("ＡＱＵＡ");
  }

  @Test
  void shouldRemoveWhatNobodySees() {
    assertThat(REPAIR.repair("sa\u200Bfe\u202E \u0007te\u00ADxt\uFEFF").text())
        .isEqualTo("safe text");
  }

  @Test
  void shouldReplaceRadicalsByCharacters() {
    assertThat(REPAIR.repair("入⼝で⽔⾊の札").text()).isEqualTo("入口で水色の札");
  }

  @Test
  void shouldTidySpacesOutsideCode() {
    assertThat(REPAIR.repair("a  b \r\n\n\n\n\nc").text()).isEqualTo("a b\n\n\nc");
    assertThat(REPAIR.repair("```\na  b  \n```").text()).isEqualTo("```\na  b  \n```");
    assertThat(REPAIR.repairCode("a  b").text()).isEqualTo("a  b");
  }

  @RepeatedTest(200)
  void shouldChangeNothingTheSecondTime(RepetitionInfo repetition) {
    // Given
    Random random = new Random(repetition.getCurrentRepetition());
    String[] pieces = {
      "Ã©", "â€™", "あ", "ｶﾞ", "が\u3099", "e\u0301", "  ", "\n", "\u200D", "👩", "Ａ", "é", "ﾊ", "゛",
      "\t", "x", "\u0092", "縺ゅ", "１：２", "\u3000"
    };
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 12; i++) {
      text.append(pieces[random.nextInt(pieces.length)]);
    }

    // When
    String once = REPAIR.repair(text.toString()).text();

    // Then
    assertThat(REPAIR.repair(once).text()).isEqualTo(once);
    assertThat(new String(once.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(once);
  }
}
