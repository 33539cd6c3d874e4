package dev.migaki.documents.parsing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * "Strict Open XML" of Office 2013 and later: the same documents under other namespaces, which POI
 * does not read. Renames them to the usual ones (ISO/IEC 29500-1 against -4).
 */
final class StrictOoxml {

  private static final String STRICT = "http://purl.oclc.org/ooxml/";
  private static final Pattern NAMESPACE =
      Pattern.compile("http://purl\\.oclc\\.org/ooxml/([A-Za-z]+)/([A-Za-z]+)");
  private static final String RELATIONSHIPS = "_rels/.rels";

  private StrictOoxml() {}

  /** Whether the container's first relationships use the strict namespaces. */
  static boolean isStrict(byte[] bytes) {
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        if (entry.getName().equals(RELATIONSHIPS)) {
          return new String(zip.readAllBytes(), StandardCharsets.UTF_8).contains(STRICT);
        }
        entry = zip.getNextEntry();
      }
    } catch (IOException | IllegalArgumentException e) {
      // not such a container, or damaged: its reader gives the verdict
      return false;
    }
    return false;
  }

  /** The same container with the usual namespaces. */
  static byte[] toTransitional(byte[] bytes) throws IOException {
    ByteArrayOutputStream renamed = new ByteArrayOutputStream(bytes.length);
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(bytes));
        ZipOutputStream out = new ZipOutputStream(renamed)) {
      ZipEntry entry = zip.getNextEntry();
      while (entry != null) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        byte[] content = zip.readAllBytes();
        boolean xml = entry.getName().endsWith(".xml") || entry.getName().endsWith(".rels");
        out.write(xml ? renamed(content) : content);
        entry = zip.getNextEntry();
      }
    }
    return renamed.toByteArray();
  }

  private static byte[] renamed(byte[] xml) {
    String text = new String(xml, StandardCharsets.UTF_8);
    return NAMESPACE
        .matcher(text)
        .replaceAll(
            found ->
                "http://schemas.openxmlformats.org/"
                    + found.group(1)
                    + "/2006/"
                    + hyphenated(found.group(2)))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String hyphenated(String name) {
    return switch (name) {
      case "extendedProperties" -> "extended-properties";
      case "customProperties" -> "custom-properties";
      default -> name;
    };
  }
}
