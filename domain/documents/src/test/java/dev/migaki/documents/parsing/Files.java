package dev.migaki.documents.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** Files made in code, and what the parser says about them. */
final class Files {

  private static final DocumentParser PARSER = new DocumentParser(ParseLimits.defaults());

  static ParseOutcome parse(byte[] bytes, ParseHints hints) {
    return PARSER.parse(bytes, hints);
  }

  private Files() {}

  static ParseOutcome parse(String filename, byte[] bytes) {
    return PARSER.parse(bytes, ParseHints.ofFilename(filename));
  }

  static ParsedDocument parsed(String filename, byte[] bytes) {
    ParseOutcome outcome = parse(filename, bytes);
    assertThat(outcome).isInstanceOf(ParseOutcome.Parsed.class);
    return ((ParseOutcome.Parsed) outcome).document();
  }

  static List<Block> blocks(String filename, String text) {
    return parsed(filename, text.getBytes(UTF_8)).blocks();
  }

  static ParseOutcome.Rejected rejected(String filename, byte[] bytes) {
    ParseOutcome outcome = parse(filename, bytes);
    assertThat(outcome).isInstanceOf(ParseOutcome.Rejected.class);
    return (ParseOutcome.Rejected) outcome;
  }

  static byte[] zip(Map<String, byte[]> entries) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : new LinkedHashMap<>(entries).entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  /** A line of a PDF page. */
  record Line(String text, int size, boolean bold, int x, int y) {
    static Line body(String text, int y) {
      return new Line(text, 11, false, 72, y);
    }
  }

  static byte[] pdf(List<List<Line>> pages, String password) {
    try (PDDocument pdf = new PDDocument()) {
      for (List<Line> lines : pages) {
        PDPage page = new PDPage();
        pdf.addPage(page);
        try (PDPageContentStream content = new PDPageContentStream(pdf, page)) {
          for (Line line : lines) {
            FontName font = line.bold() ? FontName.HELVETICA_BOLD : FontName.HELVETICA;
            content.beginText();
            content.setFont(new PDType1Font(font), line.size());
            content.newLineAtOffset(line.x(), line.y());
            content.showText(line.text());
            content.endText();
          }
        }
      }
      if (!password.isEmpty()) {
        pdf.protect(new StandardProtectionPolicy(password, password, new AccessPermission()));
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      pdf.save(bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
