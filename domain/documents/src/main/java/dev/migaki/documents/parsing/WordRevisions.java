package dev.migaki.documents.parsing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/** Word documents with tracked changes: what was struck out is still in the file, but not said. */
final class WordRevisions {

  private static final Pattern STORY =
      Pattern.compile("word/(?:document|footnotes|endnotes)[0-9]*\\.xml");
  private static final String DELETED = "<w:delText";
  private static final Pattern DELETED_TEXT =
      Pattern.compile("<w:delText(?:\\s[^<>]*)?(?:/>|>[^<]*</w:delText>)");

  private WordRevisions() {}

  /** The same container without deleted text; the same bytes if it has none. */
  static byte[] accepted(byte[] bytes) throws IOException {
    return holdsDeleted(bytes) ? withoutDeleted(bytes) : bytes;
  }

  private static boolean holdsDeleted(byte[] bytes) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        if (STORY.matcher(entry.getName()).matches() && text(zip).contains(DELETED)) {
          return true;
        }
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException e) {
      // not such a container, or damaged: its reader gives the verdict
      return false;
    }
    return false;
  }

  private static byte[] withoutDeleted(byte[] bytes) throws IOException {
    ByteArrayOutputStream accepted = new ByteArrayOutputStream(bytes.length);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipOutputStream out = new ZipOutputStream(accepted)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (STORY.matcher(entry.getName()).matches()) {
          String story = DELETED_TEXT.matcher(text(zip)).replaceAll("");
          out.write(story.getBytes(StandardCharsets.UTF_8));
        } else {
          zip.transferTo(out);
        }
        entry = zip.getNextEntry();
      }
    }
    return accepted.toByteArray();
  }

  private static String text(ZipInputStream zip) throws IOException {
    return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
  }
}
