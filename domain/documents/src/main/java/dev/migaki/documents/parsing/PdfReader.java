package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.IOException;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.jspecify.annotations.Nullable;

/**
 * PDF by PDFBox itself: Tika gives one paragraph per line group and no structure, while sizes,
 * weights and places of the glyphs tell headings, lists, tables and running headers.
 */
final class PdfReader implements FormatReader {

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    try (PDDocument pdf = Loader.loadPDF(source.bytes())) {
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

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : TextLines.collapse(text);
  }
}
