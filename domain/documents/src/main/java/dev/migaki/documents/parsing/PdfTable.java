package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;

/** Finds tables in a PDF: neighbouring lines whose cells start at the same places. */
final class PdfTable {

  private static final float CELL_GAP = 1.4f;
  private static final int MIN_ROWS = 2;

  /** Words of one cell. */
  private record Cell(String text, float start) {}

  private PdfTable() {}

  /** Index after the table that starts at this line, or the line's own index if none does. */
  static int end(List<PdfLine> lines, int from) {
    List<Float> columns = starts(cells(lines.get(from)));
    if (columns.size() < 2) {
      return from;
    }
    int rows = 1;
    int end = from + 1;
    int lastRow = end;
    while (end < lines.size() && lines.get(end).page() == lines.get(from).page()) {
      List<Cell> cells = cells(lines.get(end));
      if (cells.size() >= 2 && aligned(cells, columns)) {
        rows++;
        lastRow = end + 1;
      } else if (!isContinuation(lines.get(end - 1), lines.get(end), cells, columns)) {
        break;
      }
      end++;
    }
    boolean enough = columns.size() > 2 ? rows >= MIN_ROWS : rows > MIN_ROWS;
    return enough ? Math.max(lastRow, end) : from;
  }

  /** A wrapped cell: a line that starts where a column but the first starts, close below. */
  private static boolean isContinuation(
      PdfLine before, PdfLine line, List<Cell> cells, List<Float> columns) {
    float gap = line.y() - before.y();
    return cells.size() == 1
        && gap > 0
        && gap < line.size() * 1.6f
        && columnOf(cells.get(0).start(), columns) > 0;
  }

  private static boolean aligned(List<Cell> cells, List<Float> columns) {
    int matched = 0;
    for (Cell cell : cells) {
      matched += columnOf(cell.start(), columns) >= 0 ? 1 : 0;
    }
    return matched == cells.size() || matched >= 2 && matched * 3 >= cells.size() * 2;
  }

  private static int columnOf(float start, List<Float> columns) {
    for (int column = 0; column < columns.size(); column++) {
      if (Math.abs(columns.get(column) - start) < 6) {
        return column;
      }
    }
    return -1;
  }

  private static List<Float> starts(List<Cell> cells) {
    return cells.stream().map(Cell::start).toList();
  }

  private static List<Cell> cells(PdfLine line) {
    List<Cell> cells = new ArrayList<>();
    List<PdfLine.Word> open = new ArrayList<>();
    for (PdfLine.Word word : line.words()) {
      boolean far =
          !open.isEmpty()
              && word.start() - open.get(open.size() - 1).end() > line.size() * CELL_GAP;
      if (far) {
        cells.add(cell(line, open));
        open.clear();
      }
      open.add(word);
    }
    cells.add(cell(line, open));
    return cells;
  }

  private static Cell cell(PdfLine line, List<PdfLine.Word> words) {
    PdfLine part =
        new PdfLine(line.page(), words, line.size(), line.bold(), words.get(0).start(), line.y());
    return new Cell(part.text(), words.get(0).start());
  }

  static List<List<String>> rows(List<PdfLine> lines) {
    List<Float> columns = starts(cells(lines.get(0)));
    List<List<String>> rows = new ArrayList<>();
    for (PdfLine line : lines) {
      List<Cell> cells = cells(line);
      boolean wraps = cells.size() == 1 && columnOf(cells.get(0).start(), columns) > 0;
      if (wraps && !rows.isEmpty()) {
        List<String> above = rows.get(rows.size() - 1);
        int column = columnOf(cells.get(0).start(), columns);
        above.set(column, TextLines.join(List.of(above.get(column), cells.get(0).text())));
      } else {
        rows.add(row(cells, columns));
      }
    }
    return rows;
  }

  private static List<String> row(List<Cell> cells, List<Float> columns) {
    List<String> row = new ArrayList<>();
    columns.forEach(column -> row.add(""));
    for (Cell cell : cells) {
      int column = nearest(cell.start(), columns);
      String before = row.get(column);
      row.set(column, before.isEmpty() ? cell.text() : before + " " + cell.text());
    }
    return row;
  }

  private static int nearest(float start, List<Float> columns) {
    int best = 0;
    for (int column = 1; column < columns.size(); column++) {
      if (Math.abs(columns.get(column) - start) < Math.abs(columns.get(best) - start)) {
        best = column;
      }
    }
    return best;
  }
}
