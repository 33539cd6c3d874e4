package dev.migaki.cli.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Text of strangers on a terminal. A file may be named, and a document or a model may say, what a
 * terminal obeys: erase lines, move the cursor, set the title. Such characters (Unicode category
 * Cc) are printed as JSON writes them, {@code \u005cu001b}, so a line of JSON means the same as
 * before. Line feeds, tabs and the colours of {@link Screen} stay.
 */
public final class Visible {
  private static final Pattern OBEYED =
      Pattern.compile("(?<colour>\u001b\\[(?:0|1|2|31|32|33|36)m)|[\\p{Cc}&&[^\n\t]]");

  private Visible() {}

  /** The text without what a terminal obeys. */
  public static String of(String text) {
    return text.codePoints().noneMatch(Visible::isObeyed)
        ? text
        : OBEYED
            .matcher(text)
            .replaceAll(
                found -> found.group(1) == null ? "\\\\" + escape(found.group().charAt(0)) : "$0");
  }

  /** A name, which is one line. */
  public static String name(String text) {
    return of(text).replace("\n", "\\u000a").replace("\t", "\\u0009");
  }

  private static boolean isObeyed(int codePoint) {
    return Character.isISOControl(codePoint) && codePoint != '\n' && codePoint != '\t';
  }

  private static String escape(char control) {
    return String.format(Locale.ROOT, "u%04x", (int) control);
  }

  /** A stream that prints text so, in UTF-8; bytes pass through it as they are. */
  public static PrintStream stream(OutputStream out, boolean autoFlush) {
    return new VisibleStream(out, autoFlush);
  }

  /** Standard output for much text, to be flushed at the end. */
  public static PrintStream bufferedOutput() {
    return stream(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 1 << 16), false);
  }

  private static final class VisibleStream extends PrintStream {
    VisibleStream(OutputStream out, boolean autoFlush) {
      super(out, autoFlush, StandardCharsets.UTF_8);
    }

    /** All printing of text comes through here, formatted and appended text included. */
    @Override
    public void print(@Nullable String text) {
      super.print(of(String.valueOf(text)));
    }

    @Override
    public void print(@Nullable Object object) {
      print(String.valueOf(object));
    }

    @Override
    public void print(char character) {
      print(String.valueOf(character));
    }

    @Override
    public void print(char[] characters) {
      print(new String(characters));
    }
  }
}
