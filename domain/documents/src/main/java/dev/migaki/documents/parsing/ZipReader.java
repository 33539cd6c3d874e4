package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;

/** ZIP archives: each file inside becomes a heading with its name and the file's blocks. */
final class ZipReader implements FormatReader {

  private static final Charset NAMES = Charset.forName("windows-31j");

  private final EmbeddedReader embedded;

  ZipReader(EmbeddedReader embedded) {
    this.embedded = embedded;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    int files = 0;
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(source.bytes()), NAMES)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        if (!entry.isDirectory() && !isMetadata(entry.getName())) {
          byte[] bytes = entryBytes(zip, source.limits());
          embedded.read(entry.getName(), null, bytes, source, blocks);
          files++;
        }
        entry = zip.getNextEntry();
      }
    } catch (ZipException e) {
      throw ZipBounds.refusalOf(e);
    }
    if (files == 0) {
      throw new Refusal(RejectionCode.EMPTY, "The archive holds no files.");
    }
    return new ParsedDocument(source.type().mediaType(), null, null, null, blocks.list());
  }

  private static boolean isMetadata(String name) {
    return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
  }

  private static byte[] entryBytes(InputStream zip, ParseLimits limits)
      throws IOException, Refusal {
    int limit = (int) Math.min(limits.maxBytes(), Integer.MAX_VALUE - 16);
    byte[] bytes = zip.readNBytes(limit);
    if (bytes.length == limit && zip.read() >= 0) {
      throw new Refusal(
          RejectionCode.TOO_LARGE,
          "A file in the archive is larger than " + (limits.maxBytes() >> 20) + " MB.");
    }
    return bytes;
  }
}
