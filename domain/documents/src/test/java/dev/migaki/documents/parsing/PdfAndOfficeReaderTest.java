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
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.apache.pdfbox.pdmodel.interactive.form.PDTextField;
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

  @Test
  void shouldKeepLineBreaksAndLeaveOutWhatWasStruckOutWhenWord() {
    // When
    byte[] file =
        Ooxml.docx(
            "<w:p><w:r><w:t>質問：貸出は何点までですか。</w:t><w:br/><w:t>回答：10点までです。</w:t></w:r></w:p>"
                + "<w:p><w:r><w:t xml:space='preserve'>Loans last </w:t></w:r>"
                + "<w:del w:id='1' w:author='a'><w:r><w:delText>two</w:delText></w:r></w:del>"
                + "<w:ins w:id='2' w:author='a'><w:r><w:t>three</w:t></w:r></w:ins>"
                + "<w:r><w:t xml:space='preserve'> weeks.</w:t></w:r></w:p>");

    // Then
    assertThat(parsed("a.docx", file).blocks())
        .containsExactly(
            new QuestionAnswer("貸出は何点までですか。", "10点までです。", 0),
            new Paragraph("Loans last three weeks.", 0));
  }

  @Test
  void shouldDropFootersOfPagesThatHoldNothingElseWhenPdf() {
    // When
    byte[] file =
        pdf(
            List.of(
                List.of(
                    Line.body("The well-", 700),
                    Line.body("known tower opens at nine in the morning and closes at five.", 686),
                    Line.body("Tickets are sold at the gate.", 600),
                    Line.body("Tower guide, page 1", 40)),
                List.of(Line.body("Tower guide, page 2", 40))),
            "");

    // Then
    assertThat(parsed("a.pdf", file).blocks())
        .extracting(Block::text)
        .containsExactly(
            "The well-known tower opens at nine in the morning and closes at five.",
            "Tickets are sold at the gate.");
  }

  @Test
  void shouldReadWhatWasFilledIntoAFormWhenPdf() throws IOException {
    // When / Then
    assertThat(parsed("a.pdf", form("Jane Example")).blocks())
        .extracting(Block::text)
        .containsExactly("Jane Example");
  }

  private static byte[] form(String value) throws IOException {
    try (PDDocument pdf = new PDDocument()) {
      PDPage page = new PDPage();
      pdf.addPage(page);
      PDAcroForm form = new PDAcroForm(pdf);
      pdf.getDocumentCatalog().setAcroForm(form);
      PDResources resources = new PDResources();
      resources.put(COSName.getPDFName("F"), new PDType1Font(FontName.HELVETICA));
      form.setDefaultResources(resources);
      PDTextField field = new PDTextField(form);
      field.setPartialName("name");
      field.setDefaultAppearance("/F 12 Tf 0 g");
      form.getFields().add(field);
      field.getWidgets().get(0).setRectangle(new PDRectangle(72, 600, 200, 20));
      field.getWidgets().get(0).setPage(page);
      page.getAnnotations().add(field.getWidgets().get(0));
      field.setValue(value);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pdf.save(bytes);
      return bytes.toByteArray();
    }
  }
}
