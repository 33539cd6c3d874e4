package dev.migaki.recipes;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant by a key. */
final class Spelling {
  private static final int SHORT = 4;

  private Spelling() {}

  /** The known key that is one or two slips away, or the longer or shorter form of the same. */
  static Optional<String> nearest(String key, Collection<String> known) {
    return known.stream()
        .filter(candidate -> isNear(key, candidate))
        .min(Comparator.comparingInt(candidate -> slips(key, candidate)));
  }

  private static boolean isNear(String key, String candidate) {
    int shorter = Math.min(key.length(), candidate.length());
    boolean sameStart = shorter >= SHORT && key.regionMatches(true, 0, candidate, 0, shorter);
    return sameStart || slips(key, candidate) <= (shorter <= SHORT ? 1 : 2);
  }

  /**
   * Insertions, deletions, replacements and swaps of neighbours between two words, without regard
   * to case (optimal string alignment: Damerau 1964).
   */
  private static int slips(String one, String other) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[][] slips = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          slips[i][j] = i + j;
          continue;
        }
        int replaced = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        slips[i][j] =
            Math.min(
                Math.min(slips[i - 1][j], slips[i][j - 1]) + 1, slips[i - 1][j - 1] + replaced);
        boolean swapped =
            i > 1
                && j > 1
                && a.charAt(i - 1) == b.charAt(j - 2)
                && a.charAt(i - 2) == b.charAt(j - 1);
        if (swapped) {
          slips[i][j] = Math.min(slips[i][j], slips[i - 2][j - 2] + 1);
        }
      }
    }
    return slips[a.length()][b.length()];
  }
}
