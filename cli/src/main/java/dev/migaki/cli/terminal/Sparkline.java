package dev.migaki.cli.terminal;

import java.util.List;

/** A curve in one line of text, highest value at the top. */
public final class Sparkline {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Sparkline() {}

  /** The values, thinned to at most {@code columns} columns; empty for fewer than two values. */
  public static String of(List<Double> values, int columns) {
    if (values.size() < 2) {
      return "";
    }
    double min = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    double max = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    int width = Math.min(columns, values.size());
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < width; i++) {
      double value = values.get((int) ((long) i * (values.size() - 1) / Math.max(1, width - 1)));
      double share = max > min ? (value - min) / (max - min) : 0;
      line.append(LEVELS.charAt((int) Math.round(share * (LEVELS.length() - 1))));
    }
    return line.toString();
  }
}
