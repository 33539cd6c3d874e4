package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Leaves at most one finding on every character. */
public final class OverlapResolver {

  private static final Comparator<Finding> STRONGEST =
      Comparator.comparingDouble(OverlapResolver::strength)
          .reversed()
          .thenComparing(Comparator.comparingInt(Finding::length).reversed())
          .thenComparingInt(Finding::start)
          .thenComparing(Finding::type)
          .thenComparing(Finding::recognizer);

  private OverlapResolver() {}

  /**
   * Picks by score, then length, then position; a loser's characters outside the winner stay
   * covered, because half a secret left behind is a leak. The result is sorted by position.
   */
  public static List<Finding> resolve(List<Finding> findings) {
    List<Finding> sorted = new ArrayList<>(findings);
    sorted.sort(STRONGEST);
    List<Finding> kept = new ArrayList<>();
    for (Finding finding : sorted) {
      place(finding, kept);
    }
    kept.sort(Comparator.comparingInt(Finding::start));
    return kept;
  }

  /** A wider finding of nearly the same certainty says more about what the text is. */
  private static double strength(Finding finding) {
    boolean container =
        finding.type() == FindingType.STREET_ADDRESS
            || finding.type() == FindingType.PRIVATE_KEY
            || finding.type() == FindingType.URL_CREDENTIALS;
    boolean attribute = isAttribute(finding);
    return finding.score() + (container ? 0.3 : 0) - (attribute ? 1 : 0);
  }

  private static boolean isAttribute(Finding finding) {
    return finding.type().group() == FindingType.Group.ATTRIBUTE;
  }

  private static void place(Finding finding, List<Finding> kept) {
    for (int i = 0; i < kept.size(); i++) {
      Finding winner = kept.get(i);
      if (!winner.overlaps(finding)) {
        continue;
      }
      int start = Math.min(winner.start(), finding.start());
      int end = Math.max(winner.end(), finding.end());
      boolean redundant =
          isAttribute(finding) && !isAttribute(winner)
              || winner.type() == FindingType.URL_CREDENTIALS
                  && finding.type() == FindingType.EMAIL_ADDRESS;
      if (winner.covers(finding) || redundant) {
        return;
      }
      Finding merged = new Finding(winner.type(), start, end, winner.score(), winner.recognizer());
      kept.remove(i);
      place(merged, kept);
      return;
    }
    kept.add(finding);
  }
}
