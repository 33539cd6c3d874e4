package dev.migaki.samples;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.LocalDateTime;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Packs an Office file again with a fixed time in every entry, so that the same content has the
 * same bytes.
 */
final class StableZip {
  private static final LocalDateTime WRITTEN = LocalDateTime.of(2026, 4, 1, 9, 0);
  private static final String FIRST_ENTRY = "[Content_Types].xml";

  private StableZip() {}

  static byte[] repack(byte[] zip) throws IOException {
    Map<String, byte[]> entries = new TreeMap<>();
    try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        entries.put(entry.getName(), in.readAllBytes());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream out = new ZipOutputStream(bytes)) {
      // Type detectors look at the first entry.
      byte[] first = entries.remove(FIRST_ENTRY);
      if (first != null) {
        write(out, FIRST_ENTRY, first);
      }
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        write(out, entry.getKey(), entry.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void write(ZipOutputStream out, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setTimeLocal(WRITTEN);
    out.putNextEntry(entry);
    out.write(content);
    out.closeEntry();
  }
}
