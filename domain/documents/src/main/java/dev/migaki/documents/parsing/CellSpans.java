package dev.migaki.documents.parsing;

import org.jspecify.annotations.Nullable;

/**
 * Which cells of a table cover more than their own place, as far as the table's markup does not say
 * so itself.
 */
@FunctionalInterface
interface CellSpans {

  /**
   * What a cell covers.
   *
   * @param columns 1 or more, and as many rows; 0 for a cell that another one covers
   * @param before columns that are left out before the cell
   */
  record Span(int columns, int rows, int before) {
    static final Span COVERED = new Span(0, 0, 0);

    boolean isCovered() {
      return columns == 0;
    }
  }

  /** The span of a cell by its row and its number in the row, from 0; null when it is one. */
  @Nullable Span at(int row, int cell);

  /** The spans of a file's tables, one table after the other. */
  @FunctionalInterface
  interface Tables {

    /** Nothing is known but what the markup says. */
    Tables NONE = cellsPerRow -> null;

    /** The next table with so many cells in its rows; null when there is none. */
    @Nullable CellSpans next(int[] cellsPerRow);
  }
}
