package dev.migaki.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSString;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;

/** PDF documents: English in a standard font, Japanese in an embedded subset of the given font. */
final class PdfFiles {
  private PdfFiles() {}

  static byte[] write(DocumentScript script, List<Block> blocks, Optional<Path> japaneseFont)
      throws IOException {
    try (PDDocument document = new PDDocument();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      PDFont regular;
      PDFont bold;
      if (script.language() == Language.JA) {
        regular = PDType0Font.load(document, japaneseFont.orElseThrow().toFile());
        bold = regular;
      } else {
        regular = new PDType1Font(FontName.HELVETICA);
        bold = new PDType1Font(FontName.HELVETICA_BOLD);
      }
      try (PdfPrinter printer = new PdfPrinter(document, script, regular, bold)) {
        blocks.forEach(block -> block.printTo(printer));
      }
      describe(document, script);
      protect(document, script);
      document.save(bytes);
      boolean keepRadicals = script.option("radicals", "mended").equals("kept");
      return script.language() == Language.EN || keepRadicals
          ? bytes.toByteArray()
          : RadicalMending.of(japaneseFont.orElseThrow(), blocks + script.option("title") + "ページ")
              .mend(bytes.toByteArray());
    }
  }

  private static void describe(PDDocument document, DocumentScript script) {
    Calendar written = new GregorianCalendar(TimeZone.getTimeZone(ZoneOffset.UTC));
    written.setTimeInMillis(OfficeProperties.WRITTEN.toEpochMilli());
    document.getDocumentInformation().setTitle(script.option("title"));
    document.getDocumentInformation().setAuthor("Tsuyukusa Works");
    document.getDocumentInformation().setCreationDate(written);
    identify(document, script.fileName());
  }

  /**
   * Sets the file's identifier, which PDFBox otherwise takes from the clock; encryption needs it
   * too.
   */
  private static void identify(PDDocument document, String fileName) {
    document.setDocumentId((long) fileName.hashCode());
    COSString identifier = new COSString(fileName.getBytes(StandardCharsets.UTF_8));
    document.getDocument().setDocumentID(new COSArray(List.of(identifier, identifier)));
  }

  private static void protect(PDDocument document, DocumentScript script) throws IOException {
    String password = script.option("password", "");
    if (!password.isEmpty()) {
      StandardProtectionPolicy policy =
          new StandardProtectionPolicy("owner-" + password, password, new AccessPermission());
      // RC4 instead of AES: without random salts the bytes stay the same. It protects nothing here.
      policy.setEncryptionKeyLength(128);
      policy.setPreferAES(false);
      document.protect(policy);
    }
  }
}
