package dev.migaki.cli.dryrun;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lines of UTF-8 text, of which one that is too long is passed over instead of kept in memory. */
final class BoundedLines {
  private final InputStream in;
  private final int maxBytes;
  private final byte[] buffer = new byte[64 << 10];
  private int position;
  private int end;

  /**
   * @param maxBytes length of the longest line that is kept
   */
  BoundedLines(InputStream in, int maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
  }

  /**
   * A line.
   *
   * @param text without its end; null for one that is too long
   */
  record Line(@Nullable String text) {}

  /** The next line, null after the last one. */
  @Nullable Line next() throws IOException {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    long length = 0;
    boolean any = false;
    boolean ended = false;
    while (!ended && fill()) {
      any = true;
      int stop = position;
      while (stop < end && buffer[stop] != '\n') {
        stop++;
      }
      length += stop - position;
      if (length <= maxBytes) {
        kept.write(buffer, position, stop - position);
      }
      ended = stop < end;
      position = ended ? stop + 1 : stop;
    }
    if (!any) {
      return null;
    }
    return new Line(length <= maxBytes ? kept.toString(StandardCharsets.UTF_8) : null);
  }

  private boolean fill() throws IOException {
    if (position == end) {
      position = 0;
      end = Math.max(0, in.read(buffer));
    }
    return end > 0;
  }
}
