package dev.migaki.datasets.sealing;

import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.quality.FluencyModel;
import dev.migaki.datasets.sealing.Selection.Candidate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Drops answers that read like nothing else in the dataset: damaged characters, the remains of
 * tables, keyboard noise. Only outliers go, measured against the dataset's own spread per language,
 * because a score by itself says nothing.
 */
final class Fluency {
  /** Fewer texts have no spread to speak of. */
  private static final int LEAST_TEXTS = 50;

  /** Short texts are codes, prices and names; their score is chance. */
  private static final int LEAST_CHARACTERS = 24;

  /** Median absolute deviations above the median. */
  private static final double OUTLIER = 6;

  /**
   * Bits per character below which nobody is cast out: ordinary sentences of a new topic reach 8 in
   * small datasets, text in a wrong encoding 13.
   */
  private static final double UNREADABLE = 10;

  private Fluency() {}

  static void dropUnreadable(Selection selection) {
    Map<String, List<Candidate>> byLanguage = new TreeMap<>();
    for (Candidate candidate : selection.kept()) {
      if (candidate.example().answer().length() >= LEAST_CHARACTERS) {
        byLanguage
            .computeIfAbsent(candidate.example().language(), l -> new ArrayList<>())
            .add(candidate);
      }
    }
    byLanguage.values().forEach(candidates -> drop(selection, candidates));
  }

  private static void drop(Selection selection, List<Candidate> candidates) {
    if (candidates.size() < LEAST_TEXTS) {
      return;
    }
    // an answer that many documents repeat counts once: others must not look odd beside it
    Set<String> distinct = new HashSet<>();
    candidates.forEach(c -> distinct.add(c.example().answer()));
    FluencyModel model = FluencyModel.of(distinct);
    Map<String, Double> scores = new HashMap<>();
    distinct.forEach(answer -> scores.put(answer, model.bitsPerCharacter(answer, true)));
    double median = median(scores.values(), 0);
    double bound = Math.max(UNREADABLE, median + OUTLIER * median(scores.values(), median));
    for (Candidate candidate : candidates) {
      if (scores.getOrDefault(candidate.example().answer(), 0.0) > bound) {
        selection.drop(candidate, RejectReason.NOT_FLUENT);
      }
    }
  }

  /** Median of the distances from a value. */
  private static double median(Collection<Double> scores, double from) {
    double[] sorted = scores.stream().mapToDouble(s -> Math.abs(s - from)).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
