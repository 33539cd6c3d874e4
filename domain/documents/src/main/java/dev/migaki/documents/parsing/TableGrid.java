package dev.migaki.documents.parsing;

import dev.migaki.documents.parsing.TableBuilder.Slot;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A table laid out: finds the lines above it that are no rows of it, and the names of its columns.
 * Names in several rows become one ("Price" over "net" and "gross": "Price net", "Price gross").
 */
final class TableGrid {

  private static final int MAX_HEADER_ROWS = 4;

  private final List<String> captions = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();
  private final boolean header;

  TableGrid(List<List<Slot>> grid) {
    int first = 0;
    while (first < grid.size() && isCaption(grid, first)) {
      first++;
    }
    if (first == grid.size()) {
      // one thing in each row: there is nothing that it could be a caption of
      first = 0;
    }
    grid.subList(0, first).forEach(row -> captions.add(only(row)));
    List<Slot> names = first < grid.size() ? grid.get(first) : List.of();
    int next = first + 1;
    while (next < grid.size() && next - first < MAX_HEADER_ROWS && divides(grid.get(next), names)) {
      names = joined(names, grid.get(next));
      next++;
    }
    boolean several = next > first + 1;
    header = several || next < grid.size() && isHeader(names, grid.get(next));
    if (several) {
      rows.add(texts(names, true));
    }
    for (List<Slot> row : grid.subList(several ? next : first, grid.size())) {
      rows.add(spansRow(row) ? List.of(only(row)) : texts(row, header));
    }
  }

  /** Lines above the table, which are no rows of it. */
  List<String> captions() {
    return captions;
  }

  List<List<String>> rows() {
    return rows;
  }

  /** Whether the first row names the columns. */
  boolean hasHeader() {
    return header;
  }

  /** A name as wide as several columns may also be a field of a form, unless numbers follow. */
  private static boolean isHeader(List<Slot> names, List<Slot> row) {
    if (!names.isEmpty() && names.stream().allMatch(Slot::header)) {
      return true;
    }
    boolean valuesBelow = true;
    for (int column = 1; column < names.size(); column++) {
      boolean wide = !names.get(column).begins();
      valuesBelow &= !wide || TableShape.isNumber(slot(row, column).text());
    }
    return valuesBelow
        && TableShape.areNames(names.stream().filter(Slot::begins).map(Slot::text).toList());
  }

  /** Whether a row names the parts of columns that have one name together. */
  private static boolean divides(List<Slot> row, List<Slot> names) {
    Set<String> parts = new HashSet<>();
    boolean any = false;
    for (int column = 0; column < Math.max(names.size(), row.size()); column++) {
      Slot name = slot(names, column);
      Slot part = slot(row, column);
      boolean together = !name.begins() || !slot(names, column + 1).begins();
      if (name.begins()) {
        parts.clear();
      }
      boolean fits;
      if (together) {
        any = true;
        fits = !part.begins() || TableShape.isName(part.text()) && parts.add(part.text());
      } else {
        fits =
            part.isBlank()
                || part.text().equals(name.text())
                || name.isBlank() && TableShape.isName(part.text());
      }
      if (!fits) {
        return false;
      }
    }
    return any;
  }

  private static List<Slot> joined(List<Slot> names, List<Slot> row) {
    List<Slot> joined = new ArrayList<>(names.size());
    for (int column = 0; column < Math.max(names.size(), row.size()); column++) {
      Slot name = slot(names, column);
      Slot part = slot(row, column);
      joined.add(
          new Slot(
              joined(name.text(), part.text()), part.begins(), name.header() && part.header()));
    }
    return joined;
  }

  private static String joined(String name, String part) {
    if (part.isBlank() || part.equals(name)) {
      return name;
    }
    return name.isBlank() ? part : name + " " + part;
  }

  private static Slot slot(List<Slot> row, int column) {
    return column < row.size() ? row.get(column) : Slot.EMPTY;
  }

  private static List<String> texts(List<Slot> row, boolean repeated) {
    int end = row.size();
    while (!repeated && end > 0 && !row.get(end - 1).begins()) {
      end--;
    }
    return row.subList(0, end).stream()
        .map(slot -> repeated || slot.begins() ? slot.text() : "")
        .toList();
  }

  private static String only(List<Slot> row) {
    return row.stream().filter(slot -> !slot.isBlank()).map(Slot::text).findFirst().orElse("");
  }

  /** One thing in a row, unless it stands beside the first column and over parts of its own. */
  private static boolean isCaption(List<List<Slot>> grid, int row) {
    List<Slot> slots = grid.get(row);
    boolean beside = row + 1 < grid.size() && slot(slots, 0).isBlank();
    return isBanner(slots) && !(beside && divides(grid.get(row + 1), slots));
  }

  private static boolean isBanner(List<Slot> row) {
    return row.stream().filter(slot -> slot.begins() && !slot.isBlank()).count() == 1;
  }

  /** A cell as wide as the table: once is enough. */
  private static boolean spansRow(List<Slot> row) {
    return isBanner(row) && row.stream().anyMatch(slot -> !slot.begins() && !slot.isBlank());
  }
}
