package dev.migaki.datasets.extraction;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Source;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Running text of one place in a cleansed document that no rule made an example of.
 *
 * @param pieces in the document's order, at least one
 * @param headingPath the headings above it, outermost first
 */
public record Passage(List<Piece> pieces, List<String> headingPath) {
  public Passage {
    pieces = List.copyOf(pieces);
    headingPath = List.copyOf(headingPath);
    if (pieces.isEmpty()) {
      throw new IllegalArgumentException("a passage has text");
    }
  }

  /**
   * Text as it stands in the document.
   *
   * @param page 1-based, 0 where the format has none
   * @param start first code point in the document's text
   */
  public record Piece(String text, int page, int start) {
    public Piece {
      requireNonNull(text, "text");
    }
  }

  /** The pieces, a line feed between any two. */
  public String text() {
    return pieces.stream().map(Piece::text).collect(Collectors.joining("\n"));
  }

  /**
   * Where a part of {@link #text()} stands in the document.
   *
   * @param from first UTF-16 unit of the text
   * @param to unit after the last, greater than {@code from}
   */
  public Source sourceOf(DocumentOrigin origin, int from, int to) {
    Piece first = pieces.get(0);
    int start = first.start();
    int end = first.start();
    int offset = 0;
    for (Piece piece : pieces) {
      String text = piece.text();
      if (offset <= from) {
        first = piece;
        start = piece.start() + codePoints(text, from - offset);
      }
      if (offset < to) {
        end = piece.start() + codePoints(text, to - offset);
      }
      offset += text.length() + 1;
    }
    return origin.at(first.page(), start, Math.max(start, end), headingPath);
  }

  private static int codePoints(String text, int units) {
    return text.codePointCount(0, Math.min(units, text.length()));
  }

  /** Shape only: the text is never printed. */
  @Override
  public String toString() {
    return "Passage[pieces=" + pieces.size() + "]";
  }
}
