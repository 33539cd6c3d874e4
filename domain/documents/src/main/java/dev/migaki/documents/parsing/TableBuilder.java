package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a markup table while it is read. Cells that span rows are repeated in each, and cells
 * that span columns where the table names its columns, so that every value stands under its names.
 * Columns in which nothing begins are layout and go.
 */
final class TableBuilder {

  private static final int MAX_SPAN = 100;

  /** More repeated places than any table of people has; beyond them a cell is said once. */
  private static final int MAX_REPEATED = 500_000;

  private static final CellSpans.Span ONE = new CellSpans.Span(1, 1, 0);

  /** As written. */
  private record Cell(String text, boolean header, CellSpans.Span span) {}

  /** A cell that hangs down into the next rows. */
  private record Hanging(Slot slot, int rowsLeft) {}

  /**
   * A place of the grid.
   *
   * @param begins false for the further columns of a cell
   * @param header whether the markup says that it is a name
   */
  record Slot(String text, boolean begins, boolean header) {
    static final Slot EMPTY = new Slot("", true, false);

    boolean isBlank() {
      return text.isBlank();
    }
  }

  private final List<List<Cell>> written = new ArrayList<>();
  private final Map<Integer, Hanging> hanging = new HashMap<>();
  private CellSpans.Span span = ONE;
  private int repeated;

  void startRow() {
    written.add(new ArrayList<>());
  }

  /** The next cell covers so many columns and rows. */
  void span(@Nullable String columnSpan, @Nullable String rowSpan) {
    span = new CellSpans.Span(number(columnSpan), number(rowSpan), 0);
  }

  void cell(String text, boolean header) {
    if (written.isEmpty()) {
      startRow();
    }
    written.get(written.size() - 1).add(new Cell(text, header, span));
    span = ONE;
  }

  /**
   * Lays the cells out.
   *
   * @param tables what is known about spans besides the markup
   */
  TableGrid finish(CellSpans.Tables tables) {
    CellSpans known = tables.next(written.stream().mapToInt(List::size).toArray());
    List<List<Slot>> rows = new ArrayList<>(written.size());
    for (int row = 0; row < written.size(); row++) {
      List<Slot> slots = slots(row, known);
      boolean own = written.get(row).stream().anyMatch(cell -> !cell.text.isBlank());
      if (own) {
        rows.add(slots);
      }
    }
    return new TableGrid(withoutLayout(rows));
  }

  private List<Slot> slots(int row, @Nullable CellSpans known) {
    List<Slot> slots = new ArrayList<>();
    List<Cell> cells = written.get(row);
    for (int i = 0; i < cells.size(); i++) {
      CellSpans.Span found = known == null ? null : known.at(row, i);
      Cell cell = cells.get(i);
      CellSpans.Span covers = found == null ? cell.span : found;
      if (!covers.isCovered()) {
        hang(slots);
        for (int before = 0; before < covers.before(); before++) {
          slots.add(Slot.EMPTY);
        }
        place(cell, covers, slots);
      }
    }
    int last =
        hanging.isEmpty()
            ? -1
            : hanging.keySet().stream().mapToInt(Integer::intValue).max().getAsInt();
    while (slots.size() <= last) {
      hang(slots);
      if (slots.size() <= last) {
        slots.add(Slot.EMPTY);
      }
    }
    return slots;
  }

  private void place(Cell cell, CellSpans.Span covers, List<Slot> slots) {
    boolean may = repeated < MAX_REPEATED;
    int columns = may ? covers.columns() : 1;
    repeated += columns - 1;
    for (int column = 0; column < columns; column++) {
      Slot slot = new Slot(cell.text, column == 0, cell.header);
      if (may && covers.rows() > 1) {
        hanging.put(slots.size(), new Hanging(slot, covers.rows() - 1));
      }
      slots.add(slot);
    }
  }

  /** What hangs into the next places of this row. */
  private void hang(List<Slot> slots) {
    if (repeated > MAX_REPEATED) {
      hanging.clear();
    }
    Hanging above = hanging.remove(slots.size());
    while (above != null) {
      repeated++;
      if (above.rowsLeft > 1) {
        hanging.put(slots.size(), new Hanging(above.slot, above.rowsLeft - 1));
      }
      slots.add(above.slot);
      above = hanging.remove(slots.size());
    }
  }

  private static List<List<Slot>> withoutLayout(List<List<Slot>> rows) {
    BitSet used = new BitSet();
    for (List<Slot> row : rows) {
      for (int column = 0; column < row.size(); column++) {
        if (row.get(column).begins && !row.get(column).isBlank()) {
          used.set(column);
        }
      }
    }
    List<List<Slot>> kept = new ArrayList<>(rows.size());
    for (List<Slot> row : rows) {
      kept.add(used.stream().filter(c -> c < row.size()).mapToObj(row::get).toList());
    }
    return kept;
  }

  private static int number(@Nullable String span) {
    if (span == null || !span.matches("\\d{1,4}")) {
      return 1;
    }
    return Math.max(1, Math.min(Integer.parseInt(span), MAX_SPAN));
  }
}
