package dev.migaki.documents.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Copies a file out of an archive, counted. */
final class BoundedCopy {

  private static final int CHUNK = 64 << 10;

  private final long maxBytes;
  private final ArchiveBudget budget;

  BoundedCopy(long maxBytes, ArchiveBudget budget) {
    this.maxBytes = maxBytes;
    this.budget = budget;
  }

  /**
   * @return false when the file is larger than a document may be; the rest is not copied
   * @throws Refusal when the archive has had its due
   */
  boolean of(InputStream content, OutputStream target) throws IOException, Refusal {
    byte[] buffer = new byte[CHUNK];
    long bytes = 0;
    int read = content.read(buffer);
    while (read > 0) {
      bytes += read;
      budget.unpacked(read);
      if (bytes > maxBytes) {
        return false;
      }
      target.write(buffer, 0, read);
      read = content.read(buffer);
    }
    return true;
  }
}
