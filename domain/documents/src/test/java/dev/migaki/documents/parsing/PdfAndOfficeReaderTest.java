package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.parsed;
import static dev.migaki.documents.parsing.Files.pdf;
import static dev.migaki.documents.parsing.Files.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Table;
import dev.migaki.documents.parsing.Files.Line;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PdfAndOfficeReaderTest {

  @Test
  void shouldFindHeadingsAndJoinLinesWhenPdf() {
    // When
    byte[] file =
        pdf(
            List.of(
                List.of(
                    new Line("Care guide", 20, true, 72, 720),
                    Line.body(
                        "Clean the basin with a soft brush every three days, since lime set-", 690),
                    Line.body("tles quickly and makes the device louder than it needs to be.", 676),
                    new Line("Parts", 11, true, 72, 640),
                    Line.body("Sold in the shop.", 620))),
            "");

    // Then
    assertThat(parsed("a.pdf", file).blocks())
        .containsExactly(
            new Heading(1, "Care guide", 1),
            new Paragraph(
                "Clean the basin with a soft brush every three days, since lime settles quickly"
                    + " and makes the device louder than it needs to be.",
                1),
            new Heading(2, "Parts", 1),
            new Paragraph("Sold in the shop.", 1));
  }

  @Test
  void shouldDropRunningHeadersAndPageNumbersWhenPdf() {
    // When
    List<List<Line>> pages = new ArrayList<>();
    for (int page = 1; page <= 3; page++) {
      pages.add(
          List.of(
              Line.body("Shop handbook 2026", 760),
              Line.body("This page has the number " + page + ".", 600),
              Line.body("More of page " + page + ".", 400),
              Line.body("- " + page + " -", 40)));
    }

    // Then
    assertThat(parsed("a.pdf", pdf(pages, "")).blocks())
        .extracting(block -> block.page() + " " + block.text())
        .containsExactly(
            "1 This page has the number 1.",
            "1 More of page 1.",
            "2 This page has the number 2.",
            "2 More of page 2.",
            "3 This page has the number 3.",
            "3 More of page 3.");
  }

  @Test
  void shouldFindTableAndPairsWhenPdf() {
    // When
    byte[] file =
        pdf(
            List.of(
                List.of(
                    Line.body("Q1. Why?", 720),
                    Line.body("A1. Because.", 700),
                    new Line("Name", 11, false, 72, 600),
                    new Line("Price", 11, false, 250, 600),
                    new Line("Note", 11, false, 400, 600),
                    new Line("Cup", 11, false, 72, 586),
                    new Line("3", 11, false, 250, 586),
                    new Line("red", 11, false, 400, 586))),
            "");

    // Then
    assertThat(parsed("a.pdf", file).blocks())
        .containsExactly(
            new QuestionAnswer("Why?", "Because.", 1),
            new Table(
                List.of(List.of("Name", "Price", "Note"), List.of("Cup", "3", "red")), true, 1));
  }

  @Test
  void shouldReadRtf() {
    // When
    List<Block> blocks =
        parsed(
                "a.rtf",
                "{\\rtf1\\ansi\\pard Hello {\\b bold} world\\par Second\\par}".getBytes(UTF_8))
            .blocks();

    // Then
    assertThat(blocks)
        .containsExactly(new Paragraph("Hello bold world", 0), new Paragraph("Second", 0));
  }

  @Test
  void shouldReadEachFileWhenZip() {
    // When
    byte[] file =
        zip(
            new java.util.TreeMap<>(
                Map.of(
                    "a.md", "# A".getBytes(UTF_8),
                    "dir/q.csv", "question,answer\nB?,b\n".getBytes(UTF_8))));

    // Then
    assertThat(parsed("a.zip", file).blocks())
        .containsExactly(
            new Heading(1, "a.md", 0),
            new Heading(1, "A", 0),
            new Heading(1, "q.csv", 0),
            new QuestionAnswer("B?", "b", 0));
  }
}
