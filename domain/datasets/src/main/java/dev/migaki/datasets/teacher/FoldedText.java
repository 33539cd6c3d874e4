package dev.migaki.datasets.teacher;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * A passage in the form in which quotations are compared: NFKC, without white space. Remembers
 * where each character came from, so that what is found can be cited.
 */
final class FoldedText {
  private static final Set<Integer> MARKS =
      Set.of(
          (int) Character.NON_SPACING_MARK,
          (int) Character.COMBINING_SPACING_MARK,
          (int) Character.ENCLOSING_MARK);

  private final String folded;
  private final int[] starts;
  private final int[] ends;

  /** From the first UTF-16 unit to before the last. */
  record Span(int from, int to) {}

  FoldedText(String text) {
    StringBuilder result = new StringBuilder(text.length());
    int[] from = new int[text.length() + 16];
    int[] to = new int[text.length() + 16];
    int at = 0;
    while (at < text.length()) {
      int next = clusterEnd(text, at);
      String normal = normal(text.substring(at, next));
      if (result.length() + normal.length() > from.length) {
        from = Arrays.copyOf(from, from.length * 2 + normal.length());
        to = Arrays.copyOf(to, to.length * 2 + normal.length());
      }
      for (int i = 0; i < normal.length(); i++) {
        from[result.length() + i] = at;
        to[result.length() + i] = next;
      }
      result.append(normal);
      at = next;
    }
    folded = result.toString();
    starts = from;
    ends = to;
  }

  /** Where a quotation stands; empty when it does not, or when it quotes nothing. */
  Optional<Span> find(String quotation) {
    String wanted = new FoldedText(quotation).folded;
    int at = wanted.isEmpty() ? -1 : folded.indexOf(wanted);
    return at < 0
        ? Optional.empty()
        : Optional.of(new Span(starts[at], ends[at + wanted.length() - 1]));
  }

  /** Characters that count. */
  int length() {
    return folded.length();
  }

  private static String normal(String cluster) {
    String normal = Normalizer.normalize(cluster, Normalizer.Form.NFKC);
    StringBuilder solid = new StringBuilder(normal.length());
    normal
        .codePoints()
        .filter(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c) && c != 0x200B)
        .forEach(solid::appendCodePoint);
    return solid.toString();
  }

  /** A character and the marks that NFKC joins with it. */
  private static int clusterEnd(String text, int start) {
    int end = start + Character.charCount(text.codePointAt(start));
    while (end < text.length() && joins(text.codePointAt(end))) {
      end += Character.charCount(text.codePointAt(end));
    }
    return end;
  }

  private static boolean joins(int codePoint) {
    boolean halfWidthVoicing = codePoint == 0xFF9E || codePoint == 0xFF9F;
    return halfWidthVoicing || MARKS.contains(Character.getType(codePoint));
  }
}
