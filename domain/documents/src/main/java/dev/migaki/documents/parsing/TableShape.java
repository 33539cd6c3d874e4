package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/** The shape of tables: empty edges, and whether the first row names the columns. */
final class TableShape {

  private static final int MAX_HEADER_CELL = 60;

  private TableShape() {}

  /** Rows with text only, cells trimmed, empty columns gone. */
  static List<List<String>> tidy(List<List<String>> rows) {
    int width = rows.stream().mapToInt(List::size).max().orElse(0);
    boolean[] used = new boolean[width];
    List<List<String>> trimmed = new ArrayList<>(rows.size());
    for (List<String> row : rows) {
      List<String> cells = new ArrayList<>(row.size());
      boolean any = false;
      for (int column = 0; column < row.size(); column++) {
        String cell = TextLines.trim(row.get(column));
        cells.add(cell);
        if (!cell.isEmpty()) {
          used[column] = true;
          any = true;
        }
      }
      if (any) {
        trimmed.add(cells);
      }
    }
    return trimmed.stream().map(row -> keep(row, used)).toList();
  }

  private static List<String> keep(List<String> row, boolean[] used) {
    List<String> kept = new ArrayList<>(row.size());
    for (int column = 0; column < row.size(); column++) {
      if (used[column]) {
        kept.add(row.get(column));
      }
    }
    return kept;
  }

  /**
   * Whether the first row looks like names of columns: short, filled, different from each other,
   * without numbers.
   */
  static boolean firstRowIsHeader(List<List<String>> rows) {
    return rows.size() > 1 && areNames(rows.get(0));
  }

  /** Whether these look like the names of columns: two or more, different from each other. */
  static boolean areNames(List<String> cells) {
    HashSet<String> seen = new HashSet<>();
    return cells.size() > 1
        && cells.stream().allMatch(cell -> isName(cell) && seen.add(cell.strip()));
  }

  /** Whether this may be the name of a column: short, no number, no sentence. */
  static boolean isName(String cell) {
    String name = cell.strip();
    return !name.isEmpty()
        && name.length() <= MAX_HEADER_CELL
        && !isNumber(name)
        && !name.endsWith("。");
  }

  /** Digits and what stands between them: amounts, dates, percentages. */
  static boolean isNumber(String cell) {
    boolean digit = false;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (Character.isDigit(c)) {
        digit = true;
      } else if (" ,.-+%¥$€/:".indexOf(c) < 0) {
        return false;
      }
    }
    return digit;
  }
}
