package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** ZIP archives: each file inside becomes a heading with its name and the file's blocks. */
final class ZipReader implements FormatReader {

  private static final String NAMES = "windows-31j";

  private final EmbeddedReader embedded;

  ZipReader(EmbeddedReader embedded) {
    this.embedded = embedded;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    int files = 0;
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(source.bytes()))
            .setCharset(NAMES)
            .get()) {
      List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
      for (ZipArchiveEntry entry : entries) {
        if (entry.isDirectory() || isMetadata(entry.getName())) {
          continue;
        }
        files++;
        if (entry.getGeneralPurposeBit().usesEncryption()) {
          throw new Refusal(
              RejectionCode.ENCRYPTED,
              "The archive is protected with a password. Send it without protection.");
        }
        byte[] bytes = entryBytes(zip, entry, source.limits());
        embedded.read(entry.getName(), null, bytes, source, blocks);
      }
    }
    if (files == 0) {
      throw new Refusal(RejectionCode.EMPTY, "The archive holds no files.");
    }
    return new ParsedDocument(source.type().mediaType(), null, null, null, blocks.list());
  }

  private static boolean isMetadata(String name) {
    return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
  }

  private static byte[] entryBytes(ZipFile zip, ZipArchiveEntry entry, ParseLimits limits)
      throws IOException, Refusal {
    int limit = (int) Math.min(limits.maxBytes(), Integer.MAX_VALUE - 16);
    try (InputStream stream = zip.getInputStream(entry)) {
      byte[] bytes = stream.readNBytes(limit);
      if (bytes.length == limit && stream.read() >= 0) {
        throw new Refusal(
            RejectionCode.TOO_LARGE,
            "A file in the archive is larger than " + (limits.maxBytes() >> 20) + " MB.");
      }
      return bytes;
    }
  }
}
