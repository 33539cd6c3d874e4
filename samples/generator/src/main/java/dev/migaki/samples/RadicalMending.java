package dev.migaki.samples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/**
 * Makes a PDF's text come out as it went in.
 *
 * <p>Japanese fonts draw a CJK radical (U+2E80 to U+2FD5) and the character of the same shape with
 * one glyph. PDFBox names a glyph by its lowest code point, so that 入 would be read back as the
 * radical ⼊.
 */
final class RadicalMending {
  private static final int FIRST_RADICAL = 0x2E80;
  private static final int LAST_RADICAL = 0x2FD5;
  private static final Pattern RANGE =
      Pattern.compile("<([0-9A-F]{4})> <([0-9A-F]{4})> <(2[EF][0-9A-F]{2})>");

  private final Map<Integer, Integer> characterByRadical;

  private RadicalMending(Map<Integer, Integer> characterByRadical) {
    this.characterByRadical = characterByRadical;
  }

  /**
   * Learns which radicals stand for which characters.
   *
   * @param text everything that the document says
   */
  static RadicalMending of(Path fontFile, String text) throws IOException {
    Map<Integer, Integer> characters = new HashMap<>();
    try (RandomAccessReadBufferedFile file = new RandomAccessReadBufferedFile(fontFile.toFile());
        TrueTypeFont font = new TTFParser().parse(file)) {
      CmapLookup glyphs = font.getUnicodeCmapLookup();
      Map<Integer, Integer> characterByGlyph = new HashMap<>();
      text.codePoints().forEach(c -> characterByGlyph.put(glyphs.getGlyphId(c), c));
      for (int radical = FIRST_RADICAL; radical <= LAST_RADICAL; radical++) {
        Integer character = characterByGlyph.get(glyphs.getGlyphId(radical));
        if (character != null) {
          characters.put(radical, character);
        }
      }
    }
    return new RadicalMending(characters);
  }

  byte[] mend(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
      for (PDPage page : document.getPages()) {
        COSDictionary fonts = page.getResources().getCOSObject().getCOSDictionary(COSName.FONT);
        for (COSName name : fonts.keySet()) {
          mend(fonts.getCOSDictionary(name).getCOSStream(COSName.TO_UNICODE));
        }
      }
      document.save(bytes);
      return bytes.toByteArray();
    }
  }

  private void mend(COSStream names) throws IOException {
    byte[] original = names.createInputStream().readAllBytes();
    String mended = mended(new String(original, StandardCharsets.US_ASCII));
    try (OutputStream out = names.createOutputStream(COSName.FLATE_DECODE)) {
      out.write(mended.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Rewrites each range of glyphs that starts with a radical as a list, entry by entry. */
  private String mended(String names) {
    return RANGE
        .matcher(names)
        .replaceAll(
            range -> {
              int first = Integer.parseInt(range.group(1), 16);
              int last = Integer.parseInt(range.group(2), 16);
              int base = Integer.parseInt(range.group(3), 16);
              StringBuilder entries = new StringBuilder();
              for (int i = 0; i <= last - first; i++) {
                entries.append(
                    "<%04X>".formatted(characterByRadical.getOrDefault(base + i, base + i)));
              }
              return "<%04X> <%04X> [%s]".formatted(first, last, entries);
            });
  }
}
