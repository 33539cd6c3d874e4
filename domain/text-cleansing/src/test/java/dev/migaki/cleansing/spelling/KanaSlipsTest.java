package dev.migaki.cleansing.spelling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KanaSlipsTest {

  private static final SpellingCorrector CORRECTOR =
      SpellingCorrector.withProtectedTerms(List.of());

  @ParameterizedTest
  @CsvSource({
    // a kana missing
    "この設定は管理者だけが変えるこができます。,この設定は管理者だけが変えることができます。",
    "この伝票は多くの店舗で用いらています。,この伝票は多くの店舗で用いられています。",
    "その書類は短くまとめるべきすが、添付は残します。,その書類は短くまとめるべきですが、添付は残します。",
    "在庫が存在しなため、注文を受けません。,在庫が存在しないため、注文を受けません。",
    // one too many, doubled
    "返品の手続きはすべてての店舗で行えます。,返品の手続きはすべての店舗で行えます。",
    "返金を可能とするる仕組みと窓口があります。,返金を可能とする仕組みと窓口があります。",
    "鍵は倉庫の外側ににある箱に入れます。,鍵は倉庫の外側にある箱に入れます。",
    // exchanged
    "納品書の内容に注目してだくさい。,納品書の内容に注目してください。",
    // typed with a wrong key
    "月末に請求書を送付しｍさう。,月末に請求書を送付します。",
    "申込書 おｗ受付に出す。,申込書 を受付に出す。",
    "受付は明日から利用可能でうｓ。,受付は明日から利用可能です。",
    "返金が期待ｄけいるでしょう。,返金が期待できるでしょう。",
    "窓口は九時に開きまｓした。,窓口は九時に開きました。",
    "引換券を証拠tおして明示する。,引換券を証拠として明示する。",
  })
  void shouldMendOneSlipOfAKanaInAnyWord(String wrong, String right) {
    assertThat(CORRECTOR.correct(wrong).text()).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "申請書の写しをおかあさんにもらってきてください。",
        "倉庫（そうこ）と納屋（なやごや）の鍵を受け取る。",
        "『とっとこぼうや』は絵本の題名です。",
        "もこもこの毛布をおくる。すうすう眠る猫。",
        "変数ｘはｙより大きい。",
        "値xはnより大きく、合計tは正である。",
        "幸にして日本人に生れたと云ふ自覚を得た。",
        "有価証券であつて、政令で定めるもの。",
        "荷物が3つもできてしまいました。",
        "ひらがなでかいてあるおはなしです。",
        "名づけ方を決める。荷物のひもづけ。",
        "ご提案などをお聞かせください。",
        "細い道でものすごいスピードで走っててよく事故をしている。",
      })
  void shouldLeaveRareButRightTextsAlone(String text) {
    assertThat(CORRECTOR.correct(text).edits()).isEmpty();
  }

  @Test
  void shouldReadRightTextAsMoreLikelyThanASlip() {
    // Given
    MorphemeLattice lattice = new MorphemeLattice();

    // When
    int right = lattice.cost("請求書を送ることができます");
    int wrong = lattice.cost("請求書を送るこができます");

    // Then
    assertThat(right).isPositive().isLessThan(wrong - 5_000);
  }

  @Test
  void shouldGiveTheSameCostWhateverWasReadBefore() {
    // Given
    MorphemeLattice lattice = new MorphemeLattice();
    String unknown = "ゎゎゎ𠮟る" + "あ".repeat(300) + "ＡＢＣ";

    // When
    int first = lattice.cost("倉庫の鍵");
    int odd = lattice.cost(unknown);
    int again = lattice.cost("倉庫の鍵");

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(odd).isEqualTo(new MorphemeLattice().cost(unknown));
    assertThat(lattice.cost("")).isLessThan(first);
  }
}
