package dev.migaki.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.extraction.Passage;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceGuardTest {
  private static final String ENGLISH =
      "The Aoba 300 purifier keeps its filter for 6 months. Opened filters cannot be returned"
          + " to the shop. A new filter costs $25 and is sent within 3 business days."
          + " The red lamp shows error E-204. Call <PERSON_1a> on Monday.";
  private static final String JAPANESE =
      "浄水器のフィルターは６か月ごとに交換してください。開封したフィルターは返品できません。"
          + "開封後は返品できませんが、未開封なら返品できます。新しいフィルターは2,500円で、3営業日以内に発送します。受付は月曜の午前9時からです。";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "How long does the filter of the Aoba 300 last? | It lasts for 6 months. "
            + "| The Aoba 300 purifier keeps its filter for 6 months.",
        "How long does the filter keep? | Six months. | keeps  its\tfilter for ６ months",
        "Can opened filters be returned? | No, opened filters cannot be returned to the shop. "
            + "| Opened filters cannot be returned to the shop.",
        "What does a new filter cost? | A new filter costs $25. "
            + "| A new filter costs $25 and is sent within 3 business days.",
        "Whom do I call? | You call <PERSON_1a> on Monday. | Call <PERSON_1a> on Monday.",
        "フィルターはいつ交換しますか？ | 6か月ごとに交換してください。 | フィルターは6か月ごとに交換してください",
        "開封したフィルターは返品できますか？ | いいえ、開封したフィルターは返品できません。 | 開封したフィルターは返品できません。",
        "新しいフィルターはいつ届きますか？ | 3営業日以内に発送します。 | 新しいフィルターは2,500円で、3営業日以内に発送します。",
      })
  void shouldKeepPairWhenEvidenceProvesIt(String question, String answer, String evidence) {
    // When / Then
    assertThat(problem(question, answer, evidence)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "How long? | 6 months. | The filter works for 6 months. | TEACHER_EVIDENCE_NOT_FOUND",
        "How long? | 6 months. | 6 mo | TEACHER_EVIDENCE_NOT_FOUND",
        "How long does the filter keep? | `` | keeps its filter | TEACHER_PAIR_INCOMPLETE",
        "How long does the filter keep? | 8 months. | keeps its filter for 6 months "
            + "| TEACHER_FACTS_UNPROVEN",
        "How long does the filter keep? | 6 weeks. | keeps its filter for 6 months "
            + "| TEACHER_FACTS_UNPROVEN",
        "What does it cost? | A new filter costs 25 yen. | A new filter costs $25 "
            + "| TEACHER_FACTS_UNPROVEN",
        "When is it sent? | It is sent within 3 business days. | A new filter costs $25 "
            + "| TEACHER_FACTS_UNPROVEN",
        "When is it sent? | Within 3 working days. | is sent within 3 business days "
            + "| TEACHER_FACTS_UNPROVEN",
        "What does the lamp show? | The red lamp shows error E-205. "
            + "| The red lamp shows error E-204. | TEACHER_FACTS_UNPROVEN",
        "What does error E-205 mean? | The red lamp shows an error. "
            + "| The red lamp shows error E-204. | TEACHER_FACTS_UNPROVEN",
        "Whom do I call? | Call <PERSON_2b> on Monday. | Call <PERSON_1a> on Monday. "
            + "| TEACHER_FACTS_UNPROVEN",
        "When do I call <PERSON_1a>? | Call on Tuesday. | Call <PERSON_1a> on Monday. "
            + "| TEACHER_FACTS_UNPROVEN",
        "How long does the filter keep? | Twenty months. | keeps its filter for 6 months "
            + "| TEACHER_FACTS_UNPROVEN",
        "Can opened filters be returned? | Opened filters can be returned to the shop. "
            + "| be returned to the shop | TEACHER_NEGATION_DIFFERS",
        "Can opened filters be returned? | Opened filters can be returned to the shop. "
            + "| Opened filters cannot be returned to the shop | TEACHER_NEGATION_DIFFERS",
        "What does a new filter cost? | Never more than $25. | A new filter costs $25 "
            + "| TEACHER_NEGATION_DIFFERS",
        "What is the filter made of? | Carbon granulate from Norwegian coconut husks. "
            + "| A new filter costs $25 | TEACHER_WORDS_UNPROVEN",
        "How much does the lamp cost? | It costs $25. | A new filter costs $25 "
            + "| TEACHER_WORDS_UNPROVEN",
        "フィルターの値段は？ | A new filter costs $25. | A new filter costs $25 | LANGUAGE_MISMATCH",
        "What does a filter cost? | 新しいフィルターの値段は25ドルとなります。 | A new filter costs $25 "
            + "| LANGUAGE_MISMATCH",
        "いつ交換しますか？ | 8か月ごとです。 | フィルターは6か月ごとに交換してください | TEACHER_FACTS_UNPROVEN",
        "いつ交換しますか？ | 6年ごとです。 | フィルターは6か月ごとに交換してください | TEACHER_FACTS_UNPROVEN",
        "いくらですか？ | フィルターは2,600円です。 | 新しいフィルターは2,500円で | TEACHER_FACTS_UNPROVEN",
        "いつ発送しますか？ | 3営業日以内に発送します。 | 新しいフィルターは2,500円で | TEACHER_FACTS_UNPROVEN",
        "受付はいつですか？ | 月曜の午後9時からです。 | 受付は月曜の午前9時からです | TEACHER_FACTS_UNPROVEN",
        "受付は何曜日ですか？ | 火曜です。 | 受付は月曜の午前9時からです | TEACHER_FACTS_UNPROVEN",
        "いつ交換しますか？ | 三か月ごとです。 | フィルターは6か月ごとに交換してください | TEACHER_FACTS_UNPROVEN",
        "フィルターは返品できますか？ | はい、フィルターは返品できます。 | 開封したフィルターは返品 " + "| TEACHER_NEGATION_DIFFERS",
        "未開封なら返品できますか？ | 開封後は返品できませんが、未開封なら返品できません。 | 未開封なら返品できます " + "| TEACHER_NEGATION_DIFFERS",
        "フィルターはどうしますか？ | 燃えるごみに出してください。 | 新しいフィルターは2,500円で " + "| TEACHER_WORDS_UNPROVEN",
        "How often do I change the filter? | Every 6 months, please, without any delay at all. "
            + "| フィルターは6か月ごとに交換してください | LANGUAGE_MISMATCH",
      })
  void shouldDropPairWithReasonWhenEvidenceDoesNotProveIt(
      String question, String answer, String evidence, RejectReason reason) {
    // When / Then
    assertThat(problem(question, answer, evidence)).isEqualTo(reason);
  }

  @Test
  void shouldSayWhereEvidenceStandsWhenWidthAndSpaceDiffer() {
    // Given: full-width digits, a half-width voiced syllable, a line break
    String text = "まず電源を切ります。ﾌｨﾙﾀｰｶﾞ\n１２個 入っています。";
    EvidenceGuard guard = guard(text, "ja");

    // When
    FoldedText.Span found =
        guard
            .check(new ProposedPair("フィルターは何個入っていますか？", "12個入っています。", "フィルターガ12個入っています。"))
            .evidence();

    // Then
    assertThat(found).isNotNull();
    assertThat(text.substring(found.from(), found.to())).isEqualTo("ﾌｨﾙﾀｰｶﾞ\n１２個 入っています。");
  }

  private static RejectReason problem(String question, String answer, String evidence) {
    boolean japanese = evidence.codePoints().anyMatch(c -> c > 0x3000 && c < 0xFF00);
    EvidenceGuard guard = japanese ? guard(JAPANESE, "ja") : guard(ENGLISH, "en");
    return guard.check(new ProposedPair(question, answer, evidence)).problem();
  }

  private static EvidenceGuard guard(String text, String language) {
    return new EvidenceGuard(
        new Passage(List.of(new Passage.Piece(text, 1, 0)), List.of()), language);
  }
}
