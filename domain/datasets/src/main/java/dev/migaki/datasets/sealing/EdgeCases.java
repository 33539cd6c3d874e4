package dev.migaki.datasets.sealing;

import dev.migaki.datasets.similarity.ContentTerms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Picks the facts on which a model is likeliest to fail. */
final class EdgeCases {
  /** Number of kinds of edge case. */
  static final int KINDS = 4;

  private EdgeCases() {}

  /**
   * Fact to its kind: {@code longest} and {@code shortest} answer, {@code code-mixed} question (two
   * scripts in one), {@code rare-topic} (words that no other question has).
   *
   * @param each most facts per kind
   */
  static Map<Fact, String> of(List<Fact> facts, int each) {
    Map<String, Integer> frequency = new HashMap<>();
    for (Fact fact : facts) {
      for (String term : ContentTerms.of(fact.first().example().question())) {
        frequency.merge(term, 1, Integer::sum);
      }
    }
    Map<Fact, String> found = new LinkedHashMap<>();
    pick(found, facts, "code-mixed", each, fact -> isCodeMixed(fact) ? 1 : 0);
    pick(found, facts, "rare-topic", each, fact -> rarity(fact, frequency));
    pick(found, facts, "longest", each, fact -> fact.first().example().answer().length());
    pick(found, facts, "shortest", each, fact -> 1.0 / fact.first().example().answer().length());
    return found;
  }

  private static void pick(
      Map<Fact, String> found,
      List<Fact> facts,
      String kind,
      int each,
      ToDoubleFunction<Fact> score) {
    List<Scored> scored = new ArrayList<>();
    for (Fact fact : facts) {
      double value = found.containsKey(fact) ? 0 : score.applyAsDouble(fact);
      if (value > 0) {
        scored.add(new Scored(fact, value));
      }
    }
    scored.sort(
        Comparator.comparingDouble(Scored::value)
            .reversed()
            .thenComparing((a, b) -> Long.compareUnsigned(a.fact().hash(), b.fact().hash())));
    scored.stream().limit(each).forEach(best -> found.put(best.fact(), kind));
  }

  /** A fact and how likely a model fails on it. */
  private record Scored(Fact fact, double value) {}

  private static boolean isCodeMixed(Fact fact) {
    String question = fact.first().example().question();
    boolean wide = question.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x9FFF);
    return wide && question.matches("(?s).*[A-Za-z]{2,}.*");
  }

  /** Share of the question's words that occur in no other. */
  private static double rarity(Fact fact, Map<String, Integer> frequency) {
    List<String> terms = List.copyOf(ContentTerms.of(fact.first().example().question()));
    long rare = terms.stream().filter(term -> frequency.getOrDefault(term, 0) == 1).count();
    return terms.isEmpty() ? 0 : (double) rare / terms.size();
  }
}
