package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.pdmodel.interactive.form.PDAcroForm;
import org.jspecify.annotations.Nullable;

/**
 * PDF by PDFBox itself: Tika gives one paragraph per line group and no structure, while sizes,
 * weights and places of the glyphs tell headings, lists, tables and running headers.
 */
final class PdfReader implements FormatReader {

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    try (PDDocument pdf = Loader.loadPDF(source.bytes())) {
      showFields(pdf);
      PdfLines stripper = new PdfLines();
      List<PdfLine> lines = stripper.linesOf(pdf);
      PdfLayout.append(lines, pdf.getNumberOfPages(), blocks);
      return new ParsedDocument(
          source.type().mediaType(),
          null,
          blankToNull(pdf.getDocumentCatalog().getLanguage()),
          blankToNull(pdf.getDocumentInformation().getTitle()),
          blocks.list());
    } catch (InvalidPasswordException e) {
      throw OfficeReader.encrypted();
    }
  }

  /** What was filled into a form becomes part of its pages. */
  private static void showFields(PDDocument pdf) {
    try {
      PDAcroForm form = pdf.getDocumentCatalog().getAcroForm(null);
      if (form != null && !form.getFields().isEmpty() && !form.xfaIsDynamic()) {
        form.flatten();
      }
    } catch (IOException | RuntimeException e) {
      // a form that is not well-formed: the pages have their text without it
    }
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : TextLines.collapse(text);
  }
}
