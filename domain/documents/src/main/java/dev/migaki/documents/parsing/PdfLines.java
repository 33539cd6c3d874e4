package dev.migaki.documents.parsing;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDFontDescriptor;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.jspecify.annotations.Nullable;

/** Collects the lines of a PDF with the sizes and places that PDFBox knows. */
final class PdfLines extends PDFTextStripper {

  private static final float BOLD_WEIGHT = 600;

  private final List<PdfLine> lines = new ArrayList<>();
  private final List<PdfLine.Word> words = new ArrayList<>();
  private final Map<Float, Integer> sizes = new HashMap<>();
  private int boldCharacters;
  private int characters;
  private float y;

  PdfLines() {
    setLineSeparator("\n");
  }

  List<PdfLine> linesOf(PDDocument pdf) throws IOException {
    getText(pdf);
    endLine();
    return List.copyOf(lines);
  }

  @Override
  protected void writeString(String text, @Nullable List<TextPosition> positions) {
    if (positions == null || positions.isEmpty() || text.isBlank()) {
      return;
    }
    TextPosition first = positions.get(0);
    TextPosition last = positions.get(positions.size() - 1);
    y = first.getYDirAdj();
    String clean = unified(text.strip().replace("\u0000", ""));
    if (clean.isEmpty()) {
      return;
    }
    words.add(
        new PdfLine.Word(clean, first.getXDirAdj(), last.getXDirAdj() + last.getWidthDirAdj()));
    for (TextPosition position : positions) {
      float size = Math.round(position.getFontSizeInPt() * 2) / 2f;
      sizes.merge(size, 1, Integer::sum);
      characters++;
      boldCharacters += isBold(position.getFont()) ? 1 : 0;
    }
  }

  /**
   * Fonts often map their glyphs to the radicals block; the text means the ideographs (U+2F65 ⽥ is
   * U+7530 田).
   */
  private static String unified(String text) {
    boolean radical = text.chars().anyMatch(c -> c >= 0x2e80 && c <= 0x2fdf);
    if (!radical) {
      return text;
    }
    StringBuilder unified = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      String one = String.valueOf(c);
      boolean mapped = c >= 0x2e80 && c <= 0x2fdf;
      unified.append(mapped ? Normalizer.normalize(one, Normalizer.Form.NFKC) : one);
    }
    return unified.toString();
  }

  private static boolean isBold(@Nullable PDFont font) {
    if (font == null) {
      return false;
    }
    String name = font.getName() == null ? "" : font.getName().toLowerCase(Locale.ROOT);
    PDFontDescriptor descriptor = font.getFontDescriptor();
    return name.contains("bold")
        || name.contains("black")
        || name.contains("heavy")
        || descriptor != null
            && (descriptor.isForceBold() || descriptor.getFontWeight() >= BOLD_WEIGHT);
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  @Override
  protected void writeParagraphEnd() {
    endLine();
  }

  @Override
  protected void writePageEnd() {
    endLine();
  }

  private void endLine() {
    if (!words.isEmpty()) {
      float size =
          sizes.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .map(Map.Entry::getKey)
              .orElse(0f);
      boolean bold = boldCharacters * 10 >= characters * 9;
      lines.add(new PdfLine(getCurrentPageNo(), words, size, bold, words.get(0).start(), y));
    }
    words.clear();
    sizes.clear();
    boldCharacters = 0;
    characters = 0;
  }
}
