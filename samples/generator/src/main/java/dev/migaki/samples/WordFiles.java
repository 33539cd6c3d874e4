package dev.migaki.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFStyle;
import org.apache.poi.xwpf.usermodel.XWPFStyles;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableRow;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.CTStyle;
import org.openxmlformats.schemas.wordprocessingml.x2006.main.STStyleType;

/** Word documents: real heading styles; pairs as headings, as labelled lines or as a table. */
final class WordFiles {
  private static final int LEVELS = 3;

  private WordFiles() {}

  static byte[] write(DocumentScript script, List<Block> blocks) throws IOException {
    try (XWPFDocument document = new XWPFDocument();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      OfficeProperties.fix(document.getProperties(), script);
      XWPFStyles styles = document.createStyles();
      for (int level = 1; level <= LEVELS; level++) {
        styles.addStyle(headingStyle(styles, level));
      }
      Printer printer = new Printer(document, script);
      blocks.forEach(block -> block.printTo(printer));
      document.write(bytes);
      return StableZip.repack(bytes.toByteArray());
    }
  }

  private static XWPFStyle headingStyle(XWPFStyles styles, int level) {
    CTStyle style = CTStyle.Factory.newInstance();
    style.setType(STStyleType.PARAGRAPH);
    style.setStyleId("Heading" + level);
    style.addNewName().setVal("heading " + level);
    style.addNewPPr().addNewOutlineLvl().setVal(BigInteger.valueOf(level - 1L));
    return new XWPFStyle(style, styles);
  }

  private static final class Printer implements BlockPrinter {
    private final XWPFDocument document;
    private final Language language;
    private final String pairs;

    Printer(XWPFDocument document, DocumentScript script) {
      this.document = document;
      this.language = script.language();
      this.pairs = script.option("pairs", "headings");
    }

    @Override
    public void heading(int level, String text) {
      XWPFParagraph paragraph = document.createParagraph();
      paragraph.setStyle("Heading" + Math.min(level, LEVELS));
      XWPFRun run = paragraph.createRun();
      run.setBold(true);
      run.setFontSize(20 - 3 * level);
      run.setText(text);
    }

    @Override
    public void paragraph(String text) {
      document.createParagraph().createRun().setText(text);
    }

    @Override
    public void bullet(String text) {
      paragraph("• " + text);
    }

    @Override
    public void pair(String question, String answer) {
      switch (pairs) {
        case "labels" -> {
          paragraph(language.pick("Q: ", "問：") + question);
          paragraph(language.pick("A: ", "答：") + answer);
        }
        case "table" -> {
          List<XWPFTable> tables = document.getTables();
          XWPFTable table = tables.isEmpty() ? newTable() : tables.get(tables.size() - 1);
          XWPFTableRow row = table.createRow();
          row.getCell(0).setText(question);
          row.getCell(1).setText(answer);
        }
        default -> {
          heading(LEVELS, question);
          paragraph(answer);
        }
      }
    }

    private XWPFTable newTable() {
      XWPFTable table = document.createTable(1, 2);
      table.getRow(0).getCell(0).setText(language.pick("Question", "質問"));
      table.getRow(0).getCell(1).setText(language.pick("Answer", "回答"));
      return table;
    }
  }
}
