package dev.migaki.documents.parsing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Unpacks every entry of a ZIP container once without keeping anything, before a parser trusts it:
 * what the directory claims about sizes is the sender's word, what comes out is a fact.
 */
final class ZipBounds {

  private ZipBounds() {}

  /**
   * @throws Refusal when the container has too many entries or unpacks to suspiciously much
   */
  static void check(byte[] bytes, ParseLimits limits) throws Refusal {
    byte[] buffer = new byte[64 << 10];
    ArchiveBudget budget = new ArchiveBudget(limits, bytes.length);
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(bytes), StandardCharsets.ISO_8859_1)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        budget.entry();
        int read = zip.read(buffer);
        while (read > 0) {
          budget.unpacked(read);
          read = zip.read(buffer);
        }
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException e) {
      // unusual or damaged: the reader of the format gives the verdict
      return;
    }
  }
}
