package dev.migaki.documents.parsing;

import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Tells by its directory alone that a ZIP is a plain archive: nothing in it has the name of what
 * makes a ZIP an office document, a book or a program. Tika would unpack everything to say so.
 */
final class PlainZip {

  private static final Set<String> MARKS =
      Set.of(
          "[content_types].xml",
          "mimetype",
          "content.xml",
          "doc.kml",
          "androidmanifest.xml",
          "index.apxl",
          "index.xml",
          "index.zip");
  private static final Set<String> MARKED_PLACES =
      Set.of("meta-inf", "_rels", "index", "payload", "word", "xl", "ppt");

  private PlainZip() {}

  /** False when it may be something else, and when its directory cannot be read. */
  static boolean is(byte[] bytes) {
    if (!ArchiveSigns.isZip(bytes)) {
      return false;
    }
    try (ZipFile zip =
        ZipFile.builder()
            .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
            .setIgnoreLocalFileHeader(true)
            .get()) {
      return Collections.list(zip.getEntries()).stream().noneMatch(PlainZip::isMark);
    } catch (IOException | IllegalArgumentException e) {
      // Tika may make sense of it
      return false;
    }
  }

  private static boolean isMark(ZipArchiveEntry entry) {
    String name = entry.getName().toLowerCase(Locale.ROOT).replace('\\', '/');
    int slash = name.indexOf('/');
    return slash < 0 ? MARKS.contains(name) : MARKED_PLACES.contains(name.substring(0, slash));
  }
}
