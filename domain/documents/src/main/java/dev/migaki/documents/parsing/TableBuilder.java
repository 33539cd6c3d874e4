package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a markup table while it is read; cells that span rows or columns are repeated in each, so
 * that every value stands under its names.
 */
final class TableBuilder {

  private static final int MAX_SPAN = 100;

  /** A cell that hangs down into the next rows. */
  private record Hanging(String text, int rowsLeft) {}

  private final List<List<String>> rows = new ArrayList<>();
  private final Map<Integer, Hanging> hanging = new HashMap<>();
  private List<String> row = new ArrayList<>();
  private boolean headerCells;
  private boolean dataCells;
  private int cells;
  private int columns = 1;
  private int spannedRows = 1;

  void startRow() {
    endRow();
  }

  /** The next cell covers so many columns and rows. */
  void span(@Nullable String columnSpan, @Nullable String rowSpan) {
    columns = number(columnSpan);
    spannedRows = number(rowSpan);
  }

  void cell(String text, boolean header) {
    fillHanging();
    if (rows.isEmpty()) {
      headerCells |= header;
      dataCells |= !header;
    }
    cells++;
    for (int i = 0; i < columns; i++) {
      if (spannedRows > 1) {
        hanging.put(row.size(), new Hanging(text, spannedRows - 1));
      }
      row.add(text);
    }
    columns = 1;
    spannedRows = 1;
  }

  private void fillHanging() {
    Hanging above = hanging.remove(row.size());
    while (above != null) {
      if (above.rowsLeft > 1) {
        hanging.put(row.size(), new Hanging(above.text, above.rowsLeft - 1));
      }
      row.add(above.text);
      above = hanging.remove(row.size());
    }
  }

  private void endRow() {
    if (!row.isEmpty()) {
      boolean banner = cells == 1 && row.stream().distinct().count() == 1;
      fillHanging();
      // a cell as wide as the table is a caption: once is enough
      rows.add(banner ? new ArrayList<>(row.subList(0, 1)) : row);
      row = new ArrayList<>();
      cells = 0;
    }
  }

  List<List<String>> rows() {
    endRow();
    return rows;
  }

  boolean hasHeader() {
    endRow();
    return headerCells && !dataCells || TableShape.firstRowIsHeader(rows);
  }

  private static int number(@Nullable String span) {
    if (span == null || !span.matches("\\d{1,4}")) {
      return 1;
    }
    return Math.max(1, Math.min(Integer.parseInt(span), MAX_SPAN));
  }
}
