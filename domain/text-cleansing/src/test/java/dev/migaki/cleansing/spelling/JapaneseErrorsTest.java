package dev.migaki.cleansing.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JapaneseErrorsTest {

  private static final SpellingCorrector CORRECTOR =
      SpellingCorrector.withProtectedTerms(List.of());

  @ParameterizedTest
  @CsvSource({
    "申請書をを提出します。,申請書を提出します。",
    "在庫がが不足しています。,在庫が不足しています。",
    "本社から倉庫までまで運ぶ。,本社から倉庫まで運ぶ。",
    "作成したしたときに届く。,作成したときに届く。",
    "いつでも解約することできます。,いつでも解約することができます。",
    "返品はできませでした。,返品はできませんでした。",
    "電源を切らないください。,電源を切らないでください。",
    "料金につては窓口へ。,料金については窓口へ。",
    "**無料で** で試せます。,**無料で** 試せます。",
    "一覧を作成し返します。,一覧を作成して返します。",
    "さまざま機能がある。,さまざまな機能がある。",
    "例え休日であっても届く。,たとえ休日であっても届く。",
    "自動的動く装置です。,自動的に動く装置です。",
    "この設定を適応します。,この設定を適用します。",
    "ファイルの保存するには上のボタンを押す。,ファイルを保存するには上のボタンを押す。",
    "一人つつ呼ぶ。,一人ずつ呼ぶ。",
    "再起動が必用です。,再起動が必要です。",
    "受付を一次停止する。,受付を一時停止する。",
    "合計は少数第2位まで示す。,合計は小数第2位まで示す。",
    "誤送信という詩的がありました。,誤送信という指摘がありました。",
    "登録に精巧したら閉じる。,登録に成功したら閉じる。",
    "伝票を謝って削除した。,伝票を誤って削除した。",
    "この機能を仕様する店舗。,この機能を使用する店舗。",
    "本店おける返品の扱い。,本店における返品の扱い。",
    "締切が過ぎるを忘れない。,締切が過ぎるのを忘れない。",
    "期限のこと指して言う。,期限のことを指して言う。",
    "伝票を印刷ことができます。,伝票を印刷することができます。",
    "内容を確認ます。,内容を確認します。",
    "次の点をに注意する。,次の点に注意する。",
    "悪いシナリをを避ける。,悪いシナリオを避ける。",
  })
  void shouldMendSlipsThatAreWrongWhereverTheyStand(String wrong, String right) {
    assertThat(CORRECTOR.correct(wrong).text()).isEqualTo(right);
  }

  @ParameterizedTest
  @CsvSource({
    "ミュゥテックスを待つ,ミュゥテックスを待つ",
    "リファクタングを行う,リファクタリングを行う",
    "新しいコミニュティに入る,新しいコミュニティに入る",
    "デバックを始める,デバッグを始める",
    "グロールスコープにある,グローバルスコープにある",
    "そのオブジェクとがある,そのオブジェクトがある",
    "エンコーデイングを選ぶ,エンコーディングを選ぶ",
    "顧客のセータベースを守る,顧客のデータベースを守る",
    "新しいオプショーンを選ぶ,新しいオプションを選ぶ",
    "古いメソッドメソッドを消す,古いメソッドを消す",
  })
  void shouldMendSlipsInKatakanaWordsOnlyWhenOneWordIsMeant(String wrong, String right) {
    assertThat(CORRECTOR.correct(wrong).text()).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "母ははきはきと話す。",
        "減少しつつあるが、少しつつましい。",
        "鶏もも肉と太ももの話。",
        "準備がととのう。それとともに届く。",
        "歓呼ににこやかに応える。",
        "喉がからからに渇く。",
        "水差し1杯なら2分でできあがる。",
        "冬ににんじんを植え、医師ががんを診る。",
        "ラベンダーの香りのサプライズ。",
        "ますます伸びる。いろいろある。",
        "例えばこれでもよい。例えでも話してもよい。",
        "目的渡航でもよい。",
        "ユーザーの登録すると決めた規約。",
        "サーバーでです。",
        "お話ししました。",
        "マーケットプレイスで売る。",
        "ウインドウとハードウエアの話。",
        "担当はトーレスさんです。",
        "これまでで最高の売上。",
        "環境に適応する。",
        "海底レベルの調査。",
        "仕様書の仕様と、一次資料の一次的な要因。",
        "少数意見を聞く。自信があるので自信を持つ。",
        "三日おいて、また来る。荷物は棚における。",
        "断らざるを得ない。言うを待たない。",
        "出来ますし、見ますし、出ます。",
        "バンドラーとホイスティングとマイトナーとフリゲートの話。",
        "オンラインブッキングとプランテーションの話。",
      })
  void shouldLeaveRightTextsAlone(String text) {
    assertThat(CORRECTOR.correct(text).edits()).isEmpty();
  }

  @Test
  void shouldHaveExactOffsetsAndNothingLeftToDoOnRandomMixtures() {
    // Given
    String[] pieces = {
      "申請書をををを提出。",
      "在庫ががが不足。",
      "解約することできます。",
      "一覧を作成し返します。",
      "例え休日でも届く。",
      "そのオブジェクとがある。",
      "デバックを始める。",
      "𩸽と𠮟る。",
      "か\u3099くせい。",
      "**無料で** で試す。",
      "さまざま機能。",
      "自動的動く。",
      "一人つつ呼ぶ。",
      "`recieve`。",
      "THe size is recieved. ",
      "\n",
      " "
    };
    Random random = new Random(20261128);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = 1 + random.nextInt(12); length > 0; length--) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      texts.add(text.toString());
    }

    for (String text : texts) {
      // When
      CorrectedText corrected = CORRECTOR.correct(text);

      // Then
      StringBuilder rebuilt = new StringBuilder();
      int position = 0;
      for (SpellingEdit edit : corrected.edits()) {
        assertThat(text.substring(edit.start(), edit.end())).isEqualTo(edit.from());
        rebuilt.append(text, position, edit.start()).append(edit.to());
        position = edit.end();
      }
      rebuilt.append(text.substring(position));
      assertThat(rebuilt.toString()).isEqualTo(corrected.text());
      assertThat(CORRECTOR.correct(corrected.text()).edits()).as(corrected.text()).isEmpty();
    }
  }
}
