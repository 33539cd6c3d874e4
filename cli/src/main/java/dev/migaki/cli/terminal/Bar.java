package dev.migaki.cli.terminal;

/** A progress bar of block characters, exact to an eighth of a column. */
public final class Bar {
  private static final char[] EIGHTHS = {' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'};

  private Bar() {}

  /**
   * @param done between 0 and {@code total}; more counts as all
   * @param total 0 draws an empty bar
   */
  public static String of(long done, long total, int columns) {
    double share = total <= 0 ? 0 : Math.min(1.0, Math.max(0.0, (double) done / total));
    int eighths = (int) Math.floor(share * columns * 8);
    StringBuilder bar = new StringBuilder();
    bar.append("█".repeat(eighths / 8));
    if (eighths / 8 < columns) {
      bar.append(eighths % 8 == 0 ? '░' : EIGHTHS[eighths % 8]);
      bar.append("░".repeat(columns - eighths / 8 - 1));
    }
    return bar.toString();
  }
}
