package dev.migaki.cli.terminal;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Standard output as a person sees it. On a terminal a block of lines at the bottom is drawn again
 * and again; elsewhere (a file, CI) only lines that say something new are printed, each once.
 */
public final class Screen {
  private static final int DEFAULT_COLUMNS = 100;

  private final PrintStream out;
  private final boolean terminal;
  private final int columns;
  private List<String> block = List.of();
  private final java.util.Map<String, String> lastPlain = new java.util.HashMap<>();

  /**
   * @param terminal whether cursor movements and colours are understood
   * @param columns width in columns, 0 when unknown
   */
  public Screen(PrintStream out, boolean terminal, int columns) {
    this.out = out;
    this.terminal = terminal;
    this.columns = columns > 20 ? columns : DEFAULT_COLUMNS;
  }

  /** The process's own output, as the launcher script described it. */
  public static Screen system() {
    return new Screen(
        System.out, Boolean.getBoolean("migaki.terminal"), Integer.getInteger("migaki.columns", 0));
  }

  public boolean isTerminal() {
    return terminal;
  }

  public int columns() {
    return columns;
  }

  /** Prints a line above the live block. */
  public synchronized void line(String text) {
    clearBlock();
    out.println(text);
    drawBlock();
    out.flush();
  }

  /** Replaces the live block; only meaningful on a terminal. */
  public synchronized void block(List<String> lines) {
    if (!terminal || lines.equals(block)) {
      return;
    }
    clearBlock();
    block = lines.stream().map(line -> cut(line)).toList();
    drawBlock();
    out.flush();
  }

  /** Where there is no terminal: prints the line if it differs from the last one of this kind. */
  public synchronized void plain(String kind, String text) {
    plain(kind, "", text);
  }

  /** {@link #plain(String, String)} with a prefix (a clock) that is no news by itself. */
  public synchronized void plain(String kind, String prefix, String text) {
    if (!terminal && !text.equals(lastPlain.put(kind, text))) {
      out.println(prefix + text);
      out.flush();
    }
  }

  /** Leaves the live block where it is and starts anew below it. */
  public synchronized void keepBlock() {
    block = new ArrayList<>();
  }

  /** Text in a colour where colours are understood. */
  public String paint(Ink ink, String text) {
    return terminal && System.getenv("NO_COLOR") == null ? ink.code + text + "\u001b[0m" : text;
  }

  /** What colours mean here. */
  public enum Ink {
    GOOD("\u001b[32m"),
    BAD("\u001b[31m"),
    WARNING("\u001b[33m"),
    DIM("\u001b[2m"),
    STRONG("\u001b[1m"),
    ACCENT("\u001b[36m");

    private final String code;

    Ink(String code) {
      this.code = code;
    }
  }

  private String cut(String line) {
    // colour codes take no columns; lines with them are composed to fit
    return line.indexOf('\u001b') >= 0 ? line : Width.cut(line, columns - 1);
  }

  private void clearBlock() {
    if (!block.isEmpty()) {
      // as bytes: a stream that shows control characters prints no cursor movement
      byte[] up = ("\u001b[" + block.size() + "A\u001b[0J").getBytes(StandardCharsets.US_ASCII);
      out.write(up, 0, up.length);
    }
  }

  private void drawBlock() {
    block.forEach(out::println);
  }
}
