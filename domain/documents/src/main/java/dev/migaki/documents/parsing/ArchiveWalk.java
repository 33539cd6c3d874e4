package dev.migaki.documents.parsing;

import dev.migaki.documents.parsing.ArchiveEntries.Visitor;
import dev.migaki.documents.parsing.DetectedType.Format;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import org.apache.commons.compress.PasswordRequiredException;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * Goes through the files of ZIP, 7z, TAR and GZIP archives. A file that cannot be had (a password,
 * a damaged place, a name that leads out) is told as refused and the walk goes on where the format
 * allows it. Directories, links and what programs leave for themselves are passed over.
 */
final class ArchiveWalk {

  /** Keeps the bytes of names, whose encoding old archives do not tell. */
  private static final String RAW = StandardCharsets.ISO_8859_1.name();

  private static final int MAX_DECODER_KIBIBYTES = 128 << 10;

  private final ArchiveBudget budget;
  private final Visitor visitor;
  private int files;

  ArchiveWalk(ArchiveBudget budget, Visitor visitor) {
    this.budget = budget;
    this.visitor = visitor;
  }

  /** The bytes of an archive, opened as often as need be. */
  @FunctionalInterface
  interface Archive {
    SeekableByteChannel open() throws IOException;
  }

  /** How many files there were until now, refused ones too. */
  int files() {
    return files;
  }

  /**
   * @param name of the archive; what is inside a GZIP file is named after it
   * @throws Refusal when the archive must not or cannot be read
   * @throws IOException when it is damaged, possibly after some files
   */
  void through(Archive archive, Format format, String name) throws Refusal, IOException {
    if (format == Format.ZIP) {
      zip(archive);
    } else {
      through(archive.open(), format, name);
    }
    if (files == 0) {
      throw ArchiveEntries.empty();
    }
  }

  private void through(SeekableByteChannel opened, Format format, String name)
      throws Refusal, IOException {
    try (SeekableByteChannel archive = opened) {
      if (format == Format.SEVEN_ZIP) {
        sevenZip(archive);
      } else if (format == Format.TAR) {
        tar(Channels.newInputStream(archive));
      } else {
        gzip(Channels.newInputStream(archive), name);
      }
    } catch (PasswordRequiredException e) {
      throw ArchiveEntries.encrypted();
    }
  }

  /** By its directory; from front to back when that is damaged or at odds with the entries. */
  private void zip(Archive archive) throws Refusal, IOException {
    ZipFile zip;
    try {
      zip = ZipFile.builder().setSeekableByteChannel(archive.open()).setCharset(RAW).get();
    } catch (IOException e) {
      // which has closed the channel
      zipInSequence(Channels.newInputStream(archive.open()));
      return;
    }
    try (zip) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntries())) {
        budget.entry();
        if (isFile(entry)) {
          // closed one by one; one that is damaged does not harm the next
          visit(nameOf(entry), entry.getSize(), entry, () -> zip.getInputStream(entry), false);
        }
      }
    }
  }

  private void zipInSequence(InputStream archive) throws Refusal, IOException {
    try (ZipArchiveInputStream zip = new ZipArchiveInputStream(archive, RAW, true, true, true)) {
      ZipArchiveEntry entry = zip.getNextEntry();
      while (entry != null) {
        budget.entry();
        if (isFile(entry)) {
          visit(nameOf(entry), entry.getSize(), entry, () -> zip, true);
        }
        entry = zip.getNextEntry();
      }
    }
  }

  private static boolean isFile(ZipArchiveEntry entry) {
    return !entry.isDirectory()
        && !entry.isUnixSymlink()
        && !ArchiveEntries.isMetadata(entry.getName());
  }

  private static String nameOf(ZipArchiveEntry entry) {
    String name = entry.getName();
    boolean raw = name.chars().anyMatch(c -> c > 0x7f) && name.chars().allMatch(c -> c < 0x100);
    return raw && !entry.getGeneralPurposeBit().usesUTF8ForNames()
        ? TextDecoder.decode(name.getBytes(StandardCharsets.ISO_8859_1), null).text()
        : name;
  }

  private void visit(
      String name, long size, ZipArchiveEntry entry, Content content, boolean inSequence)
      throws Refusal, IOException {
    if (entry.getGeneralPurposeBit().usesEncryption()) {
      files++;
      visitor.refused(harmlessPath(name), ArchiveEntries.encrypted());
    } else {
      visit(name, size, content, inSequence);
    }
  }

  private void sevenZip(SeekableByteChannel bytes) throws Refusal, IOException {
    try (SevenZFile archive =
        SevenZFile.builder()
            .setSeekableByteChannel(bytes)
            .setMaxMemoryLimitKiB(MAX_DECODER_KIBIBYTES)
            .get()) {
      SevenZArchiveEntry entry = archive.getNextEntry();
      while (entry != null) {
        budget.entry();
        String name = String.valueOf(entry.getName());
        if (!entry.isDirectory() && !entry.isAntiItem() && !ArchiveEntries.isMetadata(name)) {
          visit(name, entry.getSize(), () -> new SevenZipContent(archive), true);
        }
        entry = archive.getNextEntry();
      }
    }
  }

  /** What is left of the current file; a random access to it would unpack its neighbours anew. */
  private static final class SevenZipContent extends InputStream {
    private final SevenZFile archive;

    SevenZipContent(SevenZFile archive) {
      this.archive = archive;
    }

    @Override
    public int read() throws IOException {
      return archive.read();
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      return archive.read(buffer, offset, length);
    }
  }

  private void tar(InputStream archive) throws Refusal, IOException {
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(archive, StandardCharsets.UTF_8.name())) {
      TarArchiveEntry entry = tar.getNextEntry();
      while (entry != null) {
        budget.entry();
        if (entry.isFile() && !isLink(entry) && !ArchiveEntries.isMetadata(entry.getName())) {
          visit(entry.getName(), entry.getSize(), () -> tar, true);
        }
        entry = tar.getNextEntry();
      }
    }
  }

  private static boolean isLink(TarArchiveEntry entry) {
    return entry.isLink() || entry.isSymbolicLink();
  }

  private void gzip(InputStream archive, String name) throws Refusal, IOException {
    try (BufferedInputStream inside =
        new BufferedInputStream(
            GzipCompressorInputStream.builder()
                .setInputStream(new BufferedInputStream(archive))
                .setDecompressConcatenated(true)
                .get())) {
      inside.mark(ArchiveSigns.HEAD);
      byte[] head = inside.readNBytes(ArchiveSigns.HEAD);
      inside.reset();
      if (ArchiveSigns.isTar(head)) {
        tar(inside);
      } else {
        budget.entry();
        visit(nameInside(name), -1, () -> inside, true);
      }
    }
  }

  private static String nameInside(String name) {
    String base = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    String inside = base.replaceFirst("(?i)\\.gz$", "");
    return inside.isBlank() ? "content" : inside;
  }

  /** Opens a file. */
  @FunctionalInterface
  private interface Content {
    InputStream open() throws IOException;
  }

  private void visit(String name, long declared, Content content, boolean inSequence)
      throws Refusal, IOException {
    files++;
    String path;
    try {
      path = ArchiveEntries.path(name);
    } catch (Refusal unsafe) {
      visitor.refused(ArchiveEntries.harmless(name), unsafe);
      return;
    }
    InputStream stream = null;
    try {
      stream = content.open();
      visitor.file(path, declared, stream);
    } catch (PasswordRequiredException e) {
      throw e;
    } catch (IOException e) {
      visitor.refused(path, OfficeReader.damaged());
      if (inSequence) {
        throw e;
      }
    } finally {
      if (stream != null && !inSequence) {
        stream.close();
      }
    }
  }

  private static String harmlessPath(String name) {
    try {
      return ArchiveEntries.path(name);
    } catch (Refusal unsafe) {
      // it is refused for another reason already
      return ArchiveEntries.harmless(name);
    }
  }
}
