package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * ZIP archives: each file inside becomes a heading with its name and the file's blocks. An archive
 * whose directory is damaged or at odds with its entries is read from front to back.
 */
final class ZipReader implements FormatReader {

  /** Keeps the bytes of names, whose encoding old archives do not tell. */
  private static final String RAW = StandardCharsets.ISO_8859_1.name();

  private final EmbeddedReader embedded;

  ZipReader(EmbeddedReader embedded) {
    this.embedded = embedded;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    int files;
    try {
      files = readByDirectory(source, blocks);
    } catch (IOException e) {
      files = readInSequence(source, blocks);
    }
    if (files == 0) {
      throw ArchiveEntries.empty();
    }
    return new ParsedDocument(source.type().mediaType(), null, null, null, blocks.list());
  }

  private int readByDirectory(Source source, Blocks blocks) throws Refusal, IOException {
    int files = 0;
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(source.bytes()))
            .setCharset(RAW)
            .get()) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        if (isFile(entry)) {
          files++;
          try (InputStream stream = zip.getInputStream(entry)) {
            readEntry(entry, stream, source, blocks);
          }
        }
      }
    }
    return files;
  }

  private int readInSequence(Source source, Blocks blocks) throws Refusal, IOException {
    int files = 0;
    try (ZipArchiveInputStream zip =
        new ZipArchiveInputStream(
            new ByteArrayInputStream(source.bytes()), RAW, true, true, true)) {
      ZipArchiveEntry entry = zip.getNextEntry();
      while (entry != null) {
        if (isFile(entry)) {
          files++;
          readEntry(entry, zip, source, blocks);
        }
        entry = zip.getNextEntry();
      }
    } catch (IOException e) {
      if (blocks.size() == 0) {
        throw e;
      }
      blocks.warn("the archive is damaged after file " + files + ", the rest left out");
    }
    return files;
  }

  private static boolean isFile(ZipArchiveEntry entry) {
    return !entry.isDirectory() && !ArchiveEntries.isMetadata(entry.getName());
  }

  private void readEntry(ZipArchiveEntry entry, InputStream stream, Source source, Blocks blocks)
      throws IOException, Refusal {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      throw ArchiveEntries.encrypted();
    }
    int limit = (int) Math.min(source.limits().maxBytes() + 1, Integer.MAX_VALUE - 16);
    byte[] bytes = stream.readNBytes(limit);
    ArchiveEntries.checkSize(bytes.length, source.limits());
    embedded.read(nameOf(entry), null, bytes, source, blocks);
  }

  private static String nameOf(ZipArchiveEntry entry) {
    String name = entry.getName();
    boolean raw = name.chars().anyMatch(c -> c > 0x7f) && name.chars().allMatch(c -> c < 0x100);
    return raw && !entry.getGeneralPurposeBit().usesUTF8ForNames()
        ? TextDecoder.decode(name.getBytes(StandardCharsets.ISO_8859_1), null).text()
        : name;
  }
}
