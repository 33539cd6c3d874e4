package dev.migaki.datasets.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a manual's heading is made into, and when it is left alone. */
final class HeadingQuestionsTest {
  private static final String ENGLISH = "Press the button for three seconds until the light is on.";
  private static final String JAPANESE = "ランプが点灯するまで、ボタンを3秒間押し続けてください。";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Mounting a disk | How do I mount a disk?",
        "Deploy your app | How do I deploy my app?",
        "フィルターを交換する | フィルターを交換するにはどうすればよいですか？",
        "Return policy | What can you tell me about return policy?",
        "Try clearing the cache | How do I clear the cache?",
        "Calling super gives an error | Calling super gives an error",
        "I removed the tutorial folder | I removed the tutorial folder",
        "バグを見つけました | バグを見つけました。どうすればよいですか？",
        "再起動してみる | 再起動してみるにはどうすればよいですか？",
        "Q2 退会したい | 退会したい",
        "問1　借りられますか | 借りられますか",
        "手順 2. プッシュ証明書を作成する | プッシュ証明書を作成するにはどうすればよいですか？",
        "アプリを Teams にサイドロードする | アプリを Teams にサイドロードするにはどうすればよいですか？",
        "[コラム] 配列リテラル {#array} | 配列リテラルについて教えてください。"
      })
  void shouldAskForWhatTheHeadingNamesWhenItNamesAMatter(String heading, String question) {
    // When
    boolean latin = heading.chars().allMatch(c -> c < 0x2000);
    List<Example> examples = extract(heading, latin ? ENGLISH : JAPANESE);
    // Then
    assertThat(examples).extracting(Example::question).containsExactly(question);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image7.emf",
        "Sheet1",
        "Section 2",
        "October 14, 1998",
        "TOTAL $821.14",
        "関連項目",
        "Was this page helpful?",
        "Need more help?",
        "このページは役に立ちましたか？",
        "バージョン2を公開しました",
        "Next steps",
        "基準①がneutralの場合は基準②でも評価する",
        "※2 この場合の扱い",
        "REFERENCE STANDARD REQUIREMENT GUIDELINE"
      })
  void shouldAskNothingWhenTheHeadingNamesNoMatter(String heading) {
    // When
    boolean latin = heading.chars().allMatch(c -> c < 0x2000);
    List<Example> examples = extract(heading, latin ? ENGLISH : JAPANESE);
    // Then
    assertThat(examples).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "詳細については、別添の資料を参照してください。",
        "Please refer to the benefits page.",
        "[キーワード]\n住所、データモデル\n[概要]\n住所を記述するためのガイドブックです。",
        "- How staffing works\n- Staffing skills decoder\n- Choosing a team",
        "Lorem ipsum dolor sit amet, the quick brown fox is on it.",
        "- What are you proud of this year?\n- What would you change in your team?"
      })
  void shouldAskNothingWhenTheSectionAnswersNothing(String answer) {
    // When / Then
    assertThat(extract("返品の条件", answer)).isEmpty();
  }

  @Test
  void shouldTakeTheHeadingAboveAlongWhenOneSaysNothingAlone() {
    // Given
    List<Block> blocks = new ArrayList<>(manual());
    blocks.add(new Block.Heading(2, "データベースを移行する", 1));
    blocks.add(new Block.Heading(3, "前提条件", 1));
    blocks.add(new Block.Paragraph("管理者の権限を持つアカウントが必要です。", 1));
    // When
    List<Example> examples = extract(blocks);
    // Then
    assertThat(examples)
        .extracting(Example::question)
        .containsExactly("データベースを移行するときの前提条件について教えてください。");
  }

  @Test
  void shouldTakeNumberedQuestionsAndNoneThatOnlyPointsToAHeading() {
    // Given
    List<Block> blocks = new ArrayList<>();
    blocks.add(new Block.Heading(1, "Frequently asked questions", 1));
    blocks.add(new Block.ListItem("Is it open on Sundays?", 0, 1));
    blocks.add(new Block.ListItem("Parking", 0, 1));
    blocks.add(new Block.ListItem("1. Can I bring a dog?", 0, 1));
    blocks.add(new Block.Paragraph("Yes, on a lead, but not into the greenhouse.", 1));
    blocks.add(new Block.ListItem("2. Is there a cafe?", 0, 1));
    blocks.add(new Block.Paragraph("There is one beside the pond, open until five.", 1));
    blocks.add(new Block.Heading(2, "Is it open on Sundays?", 1));
    blocks.add(new Block.Paragraph("It is open on every day but Monday.", 1));
    // When
    List<Example> examples = extract(blocks);
    // Then
    assertThat(examples)
        .extracting(example -> example.question() + " " + example.answer())
        .containsExactly(
            "Can I bring a dog? Yes, on a lead, but not into the greenhouse.",
            "Is there a cafe? There is one beside the pond, open until five.",
            "Is it open on Sundays? It is open on every day but Monday.");
  }

  @Test
  void shouldNameTheTableWhenItsCodesAreNoErrors() {
    // Given
    List<Block> blocks = new ArrayList<>(manual());
    blocks.add(new Block.Heading(2, "用途", 1));
    blocks.add(
        new Block.Table(
            List.of(List.of("コード", "内容"), List.of("401", "業務施設"), List.of("402", "商業施設")),
            true,
            1));
    // When
    List<Example> examples = extract(blocks);
    // Then
    assertThat(examples)
        .extracting(Example::question)
        .containsExactly("用途のコード401は何を表しますか？", "用途のコード402は何を表しますか？");
  }

  /** A title and a section, so that what follows is not the document's own head. */
  private static List<Block> manual() {
    return List.of(new Block.Heading(1, "手引き", 1), new Block.Paragraph("はじめにお読みください。", 1));
  }

  private static List<Example> extract(String heading, String answer) {
    List<Block> blocks = new ArrayList<>(manual());
    blocks.add(new Block.Heading(2, heading, 1));
    for (String line : answer.split("\n")) {
      blocks.add(
          line.startsWith("- ")
              ? new Block.ListItem(line.substring(2), 0, 1)
              : new Block.Paragraph(line, 1));
    }
    return extract(blocks);
  }

  private static List<Example> extract(List<Block> blocks) {
    boolean kana =
        blocks.get(2).text().codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x9FFF)
            || blocks.get(blocks.size() - 1).text().codePoints().anyMatch(c -> c >= 0x3041);
    String language = kana ? "ja" : "en";
    return new QuestionAnswerExtractor(QualityLimits.defaults())
        .extract(
            new DocumentOrigin("d", 1, "d.md", language),
            new ParsedDocument("text/markdown", null, language, null, blocks))
        .examples();
  }
}
