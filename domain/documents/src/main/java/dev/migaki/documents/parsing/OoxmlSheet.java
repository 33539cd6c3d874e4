package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The rows that a sheet's part holds, and its merged cells. */
final class OoxmlSheet implements OoxmlTables.Table {

  /** A sheet with more is a picture made of cells. */
  private static final int MAX_COVERED = 200_000;

  private static final int MAX_COLUMN = 16_384;
  private static final Pattern RANGE =
      Pattern.compile("\\$?([A-Z]{1,3})\\$?(\\d{1,7}):\\$?([A-Z]{1,3})\\$?(\\d{1,7})");

  /** Rows by number, from 1; columns from 0; both ends belong to it. */
  private record Merged(int top, int left, int bottom, int right) {}

  private final List<Integer> numbers = new ArrayList<>();
  private final List<Merged> merged = new ArrayList<>();
  private int last;

  private OoxmlSheet() {}

  static OoxmlSheet read(XMLStreamReader xml) throws XMLStreamException {
    OoxmlSheet sheet = new OoxmlSheet();
    while (xml.hasNext()) {
      if (xml.next() == XMLStreamReader.START_ELEMENT) {
        if (xml.getLocalName().equals("row")) {
          sheet.row(xml.getAttributeValue(null, "r"));
        } else if (xml.getLocalName().equals("mergeCell")) {
          sheet.merge(String.valueOf(xml.getAttributeValue(null, "ref")));
        }
      }
    }
    return sheet;
  }

  private void row(@Nullable String number) {
    last = number != null && number.matches("\\d{1,7}") ? Integer.parseInt(number) : last + 1;
    numbers.add(last);
  }

  private void merge(String range) {
    Matcher found = RANGE.matcher(range);
    if (found.matches()) {
      merged.add(
          new Merged(
              Integer.parseInt(found.group(2)),
              column(found.group(1)),
              Integer.parseInt(found.group(4)),
              column(found.group(3))));
    }
  }

  private static int column(String letters) {
    int column = 0;
    for (int i = 0; i < letters.length(); i++) {
      column = column * 26 + letters.charAt(i) - 'A' + 1;
    }
    return Math.min(column, MAX_COLUMN) - 1;
  }

  @Override
  public @Nullable CellSpans matching(int[] cellsPerRow) {
    return numbers.size() == cellsPerRow.length
        ? spans(numbers.stream().mapToInt(Integer::intValue).toArray())
        : null;
  }

  private CellSpans spans(int[] rows) {
    Map<Long, CellSpans.Span> spans = new HashMap<>();
    for (Merged cell : merged) {
      int first = at(rows, cell.top);
      int end = at(rows, cell.bottom + 1);
      for (int row = first; row < end && spans.size() < MAX_COVERED; row++) {
        for (int column = cell.left; column <= cell.right; column++) {
          spans.put(key(row, column), CellSpans.Span.COVERED);
        }
      }
      if (first < end && rows[first] == cell.top) {
        spans.put(
            key(first, cell.left), new CellSpans.Span(cell.right - cell.left + 1, end - first, 0));
      }
    }
    return (row, column) -> spans.get(key(row, column));
  }

  /** The first row with this number or a higher one. */
  private static int at(int[] rows, int number) {
    int found = Arrays.binarySearch(rows, number);
    return found < 0 ? -found - 1 : found;
  }

  private static long key(int row, int column) {
    return (long) row * MAX_COLUMN + column;
  }
}
