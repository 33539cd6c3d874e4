package dev.migaki.cli.terminal;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A table of text: first column to the left, the others to the right. */
public final class TextTable {
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean numbersRight;

  private TextTable(boolean numbersRight) {
    this.numbersRight = numbersRight;
  }

  /** Columns after the first one hold numbers and align to the right. */
  public static TextTable ofNumbers() {
    return new TextTable(true);
  }

  /** All columns align to the left. */
  public static TextTable ofText() {
    return new TextTable(false);
  }

  public TextTable row(String... cells) {
    rows.add(Stream.of(cells).map(Visible::name).toList());
    return this;
  }

  /** The lines, each indented by two blanks. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        widths[i] = Math.max(widths[i], Width.of(row.get(i)));
      }
    }
    return rows.stream().map(row -> "  " + line(row, widths).stripTrailing()).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      boolean right = numbersRight && i > 0;
      line.append(right ? Width.padLeft(row.get(i), widths[i]) : Width.pad(row.get(i), widths[i]));
      line.append("  ");
    }
    return line.toString();
  }
}
