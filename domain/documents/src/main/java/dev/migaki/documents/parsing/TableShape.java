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
    if (rows.size() < 2) {
      return false;
    }
    List<String> first = rows.get(0);
    HashSet<String> seen = new HashSet<>();
    for (String cell : first) {
      String name = cell.strip();
      if (name.isEmpty()
          || name.length() > MAX_HEADER_CELL
          || !seen.add(name)
          || isNumber(name)
          || name.endsWith("。")) {
        return false;
      }
    }
    return first.size() > 1;
  }

  private static boolean isNumber(String cell) {
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
