package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.blocks;
import static dev.migaki.documents.parsing.Files.parsed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.ListItem;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Role;
import dev.migaki.documents.Block.Turn;
import dev.migaki.documents.ParsedDocument;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextReaderTest {

  private static final String JAPANESE = "返品は、到着から30日以内に承ります。カタカナもあります。";

  @ParameterizedTest
  @CsvSource({
    "UTF-8,UTF-8",
    "windows-31j,Shift_JIS",
    "EUC-JP,EUC-JP",
    "ISO-2022-JP,ISO-2022-JP",
    "UTF-16LE,UTF-16LE",
    "UTF-16,UTF-16BE"
  })
  void shouldReadJapaneseWhateverTheEncoding(String written, String named) {
    // When
    ParsedDocument document = parsed("a.txt", JAPANESE.getBytes(Charset.forName(written)));

    // Then
    assertThat(document.blocks()).containsExactly(new Paragraph(JAPANESE, 0));
    assertThat(document.charset()).isEqualTo(named);
  }

  @Test
  void shouldReadShortKanjiInShiftJis() {
    // When
    ParsedDocument document = parsed("a.txt", "返品期限 三十日".getBytes(Charset.forName("windows-31j")));

    // Then
    assertThat(document.text()).isEqualTo("返品期限 三十日");
  }

  @Test
  void shouldReadSmartQuotesAsWindows1252() {
    // When
    String text = "It’s “free” – really, the parcel costs nothing at all for you.";
    ParsedDocument document = parsed("a.txt", text.getBytes(Charset.forName("windows-1252")));

    // Then
    assertThat(document.text()).isEqualTo(text);
  }

  @Test
  void shouldPairQuestionsWithAnswersWhenLinesAreMarked() {
    // When
    List<Block> blocks =
        blocks("faq.txt", "Q1. Can I pay later?\nA1. Yes,\nby invoice.\n\nＱ２：返品は？\nＡ２：30日以内です。\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer("Can I pay later?", "Yes,\nby invoice.", 0),
            new QuestionAnswer("返品は？", "30日以内です。", 0));
  }

  @Test
  void shouldEndAnswerWhenHeadingFollows() {
    // When
    List<Block> blocks =
        blocks("faq.txt", "【配送】\n質問：いつ届きますか。\n回答：4日後です。\n\n【保証】\n質問：期間は？\n回答：2年です。");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(2, "配送", 0),
            new QuestionAnswer("いつ届きますか。", "4日後です。", 0),
            new Heading(2, "保証", 0),
            new QuestionAnswer("期間は？", "2年です。", 0));
  }

  @Test
  void shouldMakeTurnsWhenLinesBeginWithSpeakers() {
    // When
    List<Block> blocks =
        blocks(
            "log.txt",
            "--- Chat 1 ---\n[09:01] Agent: Hello.\n[09:02] Ann: Where is my parcel?\nIt is late.\n"
                + "[09:03] Agent: It left today.\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(2, "Chat 1", 0),
            new Turn(Role.AGENT, "Agent", "Hello.", 0),
            new Turn(Role.CUSTOMER, "Ann", "Where is my parcel?\nIt is late.", 0),
            new Turn(Role.AGENT, "Agent", "It left today.", 0));
  }

  @Test
  void shouldMakeTurnsWhenLogIsJapanese() {
    // When
    List<Block> blocks = blocks("log.txt", "お客様：届きません。\n担当（山田）：お調べします。\nお客様：お願いします。\n");

    // Then
    assertThat(blocks)
        .extracting(block -> ((Turn) block).role())
        .containsExactly(Role.CUSTOMER, Role.AGENT, Role.CUSTOMER);
  }

  @Test
  void shouldKeepFormAsParagraphWhenLabelsAreNoSpeakers() {
    // When
    List<Block> blocks = blocks("form.txt", "氏名：清水陽子\n住所：北海道札幌市\n電話：090-0000-0000");

    // Then
    assertThat(blocks).hasSize(1).first().isInstanceOf(Paragraph.class);
  }

  @Test
  void shouldKeepManualAsTextWhenLabelsOnlySoundLikeSpeakers() {
    // When
    List<Block> blocks =
        blocks(
            "spec.txt",
            "System requirements: Windows\nUser interface: web\nSupport period: two years\n");

    // Then
    assertThat(blocks).hasSize(1).first().isInstanceOf(Paragraph.class);
  }

  @Test
  void shouldSeeHeadingsListsAndWrappedLines() {
    // When
    List<Block> blocks =
        blocks(
            "manual.txt",
            "Cleaning\n========\n\nThis paragraph was wrapped by an editor at seventy columns, as\n"
                + "old text files often are.\n\n■ 手順\n1. 水を捨てます。\n・乾かします。\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(1, "Cleaning", 0),
            new Paragraph(
                "This paragraph was wrapped by an editor at seventy columns, as old text files"
                    + " often are.",
                0),
            new Heading(2, "手順", 0),
            new ListItem("1. 水を捨てます。", 0, 0),
            new ListItem("乾かします。", 0, 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "3.5 kg is the weight of the unit.",
        "10.5 inches is the width.",
        "1.2 Note: the unit weighs 3.5 kg.",
        "2.1 The Company may end the contract.",
        "2026.11.02 version"
      })
  void shouldLeaveNumbersAsTheyAreWhenLineBeginsWithThem(String line) {
    // When
    List<Block> blocks =
        blocks("manual.txt", "Read this before you start it.\n\n" + line + "\n\nEnd.\n");

    // Then
    assertThat(blocks).hasSize(3).noneMatch(block -> block instanceof Heading);
    assertThat(blocks.get(1).text()).isEqualTo(line);
  }

  @Test
  void shouldMakeItemsOfClausesAndNoneOfMeasuresInSentences() {
    // When
    List<Block> blocks =
        blocks("a.txt", "2.1 Switch the unit off.\nCarry it\n3.5 Metres away.\n2.3 Wait.\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new ListItem("2.1 Switch the unit off.", 0, 0),
            new Paragraph("Carry it\n3.5 Metres away.", 0),
            new ListItem("2.3 Wait.", 0, 0));
  }

  @Test
  void shouldSeeChaptersAndArticlesWhenTextFollowsAtOnce() {
    // When
    List<Block> blocks =
        blocks(
            "kitei.txt", "第1章 総則\n第1条（目的）\nこの規則は労働条件を定める。\n第2条の2（範囲）\n第1条の規則は、\n第2条に定める者に適用する。\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(2, "第1章 総則", 0),
            new Heading(3, "第1条（目的）", 0),
            new Paragraph("この規則は労働条件を定める。", 0),
            new Heading(3, "第2条の2（範囲）", 0),
            new Paragraph("第1条の規則は、\n第2条に定める者に適用する。", 0));
  }

  @Test
  void shouldPairWhatFollowsSignedLabels() {
    // When / Then
    assertThat(blocks("a.txt", "■質問1\n借りられますか。\n■回答1\nはい。\n\n■その他\n以上です。\n"))
        .containsExactly(
            new QuestionAnswer("借りられますか。", "はい。", 0),
            new Heading(2, "その他", 0),
            new Paragraph("以上です。", 0));
  }

  @Test
  void shouldReadRestructuredTextAsItsReadersSeeIt() {
    // When
    List<Block> blocks =
        blocks(
            "a.rst",
            ".. _faq:\n\n====\nHelp\n====\n\n.. contents::\n   :depth: 2\n\n.. Where is it?\n   (not shown)\n\n"
                + "Where is it?\n^^^^^^^^^^^^\n\nSee :doc:`the map </map>` and ``find``::\n\n   $ find it\n\n"
                + ".. note::\n   Only **here**.\n");

    // Then
    assertThat(blocks)
        .extracting(block -> block.getClass().getSimpleName() + " " + block.text())
        .containsExactly(
            "Heading Help",
            "Heading Where is it?",
            "Paragraph See the map and find:",
            "Paragraph $ find it",
            "Paragraph Only here.");
  }
}
