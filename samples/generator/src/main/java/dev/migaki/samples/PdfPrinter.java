package dev.migaki.samples;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;

/**
 * Sets blocks on A4 pages with a running header and page numbers. Lengths are in points (1/72
 * inch).
 */
final class PdfPrinter implements BlockPrinter, AutoCloseable {
  private static final float MARGIN = 60;
  private static final float TEXT_SIZE = 10.5f;
  private static final float SMALL_SIZE = 8;
  private static final float WIDTH = PDRectangle.A4.getWidth() - 2 * MARGIN;

  private static final String ENGLISH_BREAK = "(?<= )";
  private static final String JAPANESE_BREAK =
      "(?=[^。、」）A-Za-z0-9,.%-])|(?<=[^A-Za-z0-9,.%-])(?=[A-Za-z0-9])";

  private final PDDocument document;
  private final DocumentScript script;
  private final PDFont regular;
  private final PDFont bold;
  private final boolean labelled;
  private PDPageContentStream page;
  private float y;

  PdfPrinter(PDDocument document, DocumentScript script, PDFont regular, PDFont bold)
      throws IOException {
    this.document = document;
    this.script = script;
    this.regular = regular;
    this.bold = bold;
    this.labelled = script.option("pairs", "headings").equals("labels");
    this.page = newPage();
  }

  @Override
  public void heading(int level, String text) {
    float size = level == 1 ? 18 : 13;
    y -= size * 0.6f;
    set(bold, size, text);
  }

  @Override
  public void paragraph(String text) {
    set(regular, TEXT_SIZE, text);
  }

  @Override
  public void bullet(String text) {
    set(regular, TEXT_SIZE, script.language().pick("- ", "・") + text);
  }

  @Override
  public void pair(String question, String answer) {
    Language language = script.language();
    set(
        bold,
        labelled ? TEXT_SIZE + 1 : 13,
        (labelled ? language.pick("Q: ", "Q：") : "") + question);
    set(regular, TEXT_SIZE, (labelled ? language.pick("A: ", "A：") : "") + answer);
    y -= 4;
  }

  @Override
  public void close() throws IOException {
    page.close();
  }

  private void set(PDFont font, float size, String text) {
    try {
      List<String> lines = wrap(font, size, text);
      if (y - lines.size() * size * 1.4f < MARGIN) {
        page.close();
        page = newPage();
      }
      for (String line : lines) {
        y -= size * 1.4f;
        show(page, font, size, y, line);
      }
      y -= size * 0.5f;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private PDPageContentStream newPage() throws IOException {
    PDPage sheet = new PDPage(PDRectangle.A4);
    document.addPage(sheet);
    PDPageContentStream stream = new PDPageContentStream(document, sheet);
    float top = PDRectangle.A4.getHeight() - 36;
    show(stream, regular, SMALL_SIZE, top, "Tsuyukusa Works  |  " + script.option("title"));
    String number = Integer.toString(document.getNumberOfPages());
    show(stream, regular, SMALL_SIZE, 30, script.language().pick("Page ", "ページ ") + number);
    y = top - 20;
    return stream;
  }

  private static void show(
      PDPageContentStream stream, PDFont font, float size, float y, String line)
      throws IOException {
    stream.beginText();
    stream.setFont(font, size);
    stream.newLineAtOffset(MARGIN, y);
    stream.showText(line);
    stream.endText();
  }

  /**
   * Breaks English at blanks and Japanese between any two characters but before closing marks and
   * within numbers.
   */
  private List<String> wrap(PDFont font, float size, String text) throws IOException {
    String pieces = script.language() == Language.EN ? ENGLISH_BREAK : JAPANESE_BREAK;
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String piece : text.split(pieces)) {
      float width = font.getStringWidth(line + piece.stripTrailing()) / 1000 * size;
      if (width > WIDTH && line.length() > 0) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
      }
      line.append(piece);
    }
    lines.add(line.toString().stripTrailing());
    return lines;
  }
}
