package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.quality.FluencyModel;
import dev.migaki.datasets.similarity.Postings;
import java.util.ArrayList;
import java.util.Arrays;
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
    byLanguage.values().forEach(Fluency::drop);
  }

  private static void drop(List<Candidate> candidates) {
    if (candidates.size() < LEAST_TEXTS) {
      return;
    }
    // an answer that many documents repeat counts once: others must not look odd beside it
    List<Candidate> distinct = distinct(candidates);
    FluencyModel model =
        FluencyModel.of(distinct.stream().map(candidate -> candidate.example().answer()));
    double[] scores = new double[distinct.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = model.bitsPerCharacter(distinct.get(i).example().answer(), true);
    }
    double median = median(scores, 0);
    double bound = Math.max(UNREADABLE, median + OUTLIER * median(scores, median));
    Set<String> unreadable = new HashSet<>();
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] > bound) {
        unreadable.add(distinct.get(i).example().answer());
      }
    }
    if (unreadable.isEmpty()) {
      return;
    }
    for (Candidate candidate : candidates) {
      if (unreadable.contains(candidate.example().answer())) {
        candidate.drop(RejectReason.NOT_FLUENT);
      }
    }
  }

  /** The first candidate with each answer. */
  private static List<Candidate> distinct(List<Candidate> candidates) {
    List<Candidate> distinct = new ArrayList<>();
    Postings byAnswer = new Postings();
    for (Candidate candidate : candidates) {
      long key = ContentHash.of("answer").add(candidate.example().answer()).number();
      if (byAnswer.first(key) == Postings.NONE) {
        byAnswer.add(key, candidate.rank());
        distinct.add(candidate);
      }
    }
    return distinct;
  }

  /** Median of the distances from a value. */
  private static double median(double[] scores, double from) {
    double[] sorted = Arrays.stream(scores).map(score -> Math.abs(score - from)).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
