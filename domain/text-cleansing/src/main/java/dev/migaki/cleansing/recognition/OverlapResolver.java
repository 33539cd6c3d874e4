package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

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
    Kept kept = new Kept();
    for (Finding finding : sorted) {
      kept.place(finding);
    }
    return kept.byPosition();
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

  /** Disjoint findings by their start, each with its turn: of several winners the first counts. */
  private static final class Kept {

    private record Entry(Finding finding, int turn) {}

    private final TreeMap<Integer, Entry> byStart = new TreeMap<>();
    private int turns;

    List<Finding> byPosition() {
      return byStart.values().stream().map(Entry::finding).collect(Collectors.toList());
    }

    void place(Finding placed) {
      Finding finding = placed;
      for (Finding winner = winner(finding); winner != null; winner = winner(finding)) {
        boolean redundant =
            isAttribute(finding) && !isAttribute(winner)
                || winner.type() == FindingType.URL_CREDENTIALS
                    && finding.type() == FindingType.EMAIL_ADDRESS;
        if (winner.covers(finding) || redundant) {
          return;
        }
        byStart.remove(winner.start());
        int start = Math.min(winner.start(), finding.start());
        int end = Math.max(winner.end(), finding.end());
        finding = new Finding(winner.type(), start, end, winner.score(), winner.recognizer());
      }
      byStart.put(finding.start(), new Entry(finding, turns++));
    }

    private @Nullable Finding winner(Finding finding) {
      Integer from = byStart.floorKey(finding.start());
      Entry first = null;
      for (Entry entry :
          byStart.subMap(from == null ? finding.start() : from, finding.end()).values()) {
        boolean earlier = first == null || entry.turn() < first.turn();
        if (earlier && entry.finding().overlaps(finding)) {
          first = entry;
        }
      }
      return first == null ? null : first.finding();
    }
  }
}
