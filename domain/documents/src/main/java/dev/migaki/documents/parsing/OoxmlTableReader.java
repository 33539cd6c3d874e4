package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * The spans of the tables of a Word document or a slide: {@code gridSpan}, {@code vMerge}, {@code
 * gridBefore} (ISO/IEC 29500-1, 17.4), and {@code gridSpan}, {@code rowSpan}, {@code hMerge},
 * {@code vMerge} of slides (21.1.3.18). Tables inside of tables are passed over.
 */
final class OoxmlTableReader {

  private static final int MAX_COLUMNS = 100;

  /** A cell while it is read. */
  private static final class Cell {
    int columns = 1;
    int rows = 1;
    int before;
    boolean covered;
    boolean goesDown;
    boolean comesFromAbove;
  }

  /** A finished table. */
  private record Spans(List<List<Cell>> rows) implements OoxmlTables.Table {
    @Override
    public @Nullable CellSpans matching(int[] cellsPerRow) {
      int[] own = rows.stream().mapToInt(List::size).toArray();
      return Arrays.equals(own, cellsPerRow) ? this::at : null;
    }

    private CellSpans.Span at(int row, int index) {
      Cell cell = rows.get(row).get(index);
      return cell.covered
          ? CellSpans.Span.COVERED
          : new CellSpans.Span(cell.columns, cell.rows, cell.before);
    }
  }

  private final List<OoxmlTables.Table> tables = new ArrayList<>();
  private List<List<Cell>> rows = new ArrayList<>();
  private Cell cell = new Cell();
  private int before;
  private int depth;

  private OoxmlTableReader() {}

  static List<OoxmlTables.Table> tables(XMLStreamReader xml) throws XMLStreamException {
    OoxmlTableReader reader = new OoxmlTableReader();
    while (xml.hasNext()) {
      int event = xml.next();
      if (event == XMLStreamReader.START_ELEMENT) {
        reader.start(xml);
      } else if (event == XMLStreamReader.END_ELEMENT && xml.getLocalName().equals("tbl")) {
        reader.endTable();
      }
    }
    return reader.tables;
  }

  private void start(XMLStreamReader xml) {
    String name = xml.getLocalName();
    if (name.equals("tbl")) {
      depth++;
      rows = depth == 1 ? new ArrayList<>() : rows;
    } else if (depth == 1) {
      switch (name) {
        case "tr" -> {
          rows.add(new ArrayList<>());
          before = 0;
        }
        case "gridBefore" -> before = number(value(xml, "val"), 0);
        case "tc" -> startCell(xml);
        case "gridSpan" -> cell.columns = number(value(xml, "val"), 1);
        case "vMerge" -> {
          cell.goesDown = "restart".equals(value(xml, "val"));
          cell.comesFromAbove = !cell.goesDown;
        }
        case "hMerge" -> cell.covered = !"restart".equals(value(xml, "val"));
        default -> {
          // contents and looks
        }
      }
    }
  }

  private void startCell(XMLStreamReader xml) {
    cell = new Cell();
    cell.before = before;
    before = 0;
    cell.columns = number(value(xml, "gridSpan"), 1);
    cell.rows = number(value(xml, "rowSpan"), 1);
    cell.covered = isTrue(value(xml, "hMerge")) || isTrue(value(xml, "vMerge"));
    if (!rows.isEmpty()) {
      rows.get(rows.size() - 1).add(cell);
    }
  }

  private void endTable() {
    if (depth == 1) {
      joinDownwards();
      tables.add(new Spans(rows));
    }
    depth = Math.max(0, depth - 1);
  }

  /** Word marks each further row of a cell, and says nothing of it at the first. */
  private void joinDownwards() {
    Map<Integer, Cell> above = new HashMap<>();
    for (List<Cell> row : rows) {
      Map<Integer, Cell> open = new HashMap<>();
      int column = 0;
      for (Cell one : row) {
        column += one.before;
        Cell upper = one.comesFromAbove ? above.get(column) : null;
        if (upper != null) {
          upper.rows++;
          one.covered = true;
          open.put(column, upper);
        } else if (one.goesDown) {
          open.put(column, one);
        }
        column += one.columns;
      }
      above = open;
    }
  }

  private static @Nullable String value(XMLStreamReader xml, String attribute) {
    return xml.getAttributeValue(null, attribute);
  }

  private static boolean isTrue(@Nullable String value) {
    return "1".equals(value) || "true".equals(value);
  }

  private static int number(@Nullable String value, int least) {
    return value == null || !value.matches("\\d{1,4}")
        ? least
        : Math.max(least, Math.min(Integer.parseInt(value), MAX_COLUMNS));
  }
}
