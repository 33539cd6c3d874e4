package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/** 7z archives: each file inside becomes a heading with its name and the file's blocks. */
final class SevenZipReader implements FormatReader {

  private static final int MAX_DECODER_KILOBYTES = 128 << 10;

  private final EmbeddedReader embedded;

  SevenZipReader(EmbeddedReader embedded) {
    this.embedded = embedded;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    int files = 0;
    long unpacked = 0;
    try (SevenZFile archive =
        SevenZFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(source.bytes()))
            .setMaxMemoryLimitKb(MAX_DECODER_KILOBYTES)
            .get()) {
      SevenZArchiveEntry entry = archive.getNextEntry();
      while (entry != null) {
        if (!entry.isDirectory() && entry.hasStream()) {
          files++;
          ArchiveEntries.checkCount(files, source.limits());
          byte[] bytes = bytesOf(archive, unpacked, source);
          unpacked += bytes.length;
          embedded.read(String.valueOf(entry.getName()), null, bytes, source, blocks);
        }
        entry = archive.getNextEntry();
      }
    } catch (PasswordRequiredException e) {
      throw ArchiveEntries.encrypted();
    }
    if (files == 0) {
      throw ArchiveEntries.empty();
    }
    return new ParsedDocument(source.type().mediaType(), null, null, null, blocks.list());
  }

  private static byte[] bytesOf(SevenZFile archive, long unpackedBefore, Source source)
      throws IOException, Refusal {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[64 << 10];
    int read = archive.read(buffer);
    while (read > 0) {
      bytes.write(buffer, 0, read);
      ArchiveEntries.checkSize(bytes.size(), source.limits());
      ZipBounds.checkRatio(source.bytes().length, unpackedBefore + bytes.size(), source.limits());
      read = archive.read(buffer);
    }
    return bytes.toByteArray();
  }
}
