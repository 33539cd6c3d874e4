package dev.migaki.datasets.sealing;

import dev.migaki.datasets.similarity.ContentTerms;
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
      for (String term : ContentTerms.of(fact.first().question())) {
        frequency.merge(term, 1, Integer::sum);
      }
    }
    Map<Fact, String> found = new LinkedHashMap<>();
    pick(found, facts, "code-mixed", each, fact -> isCodeMixed(fact) ? 1 : 0);
    pick(found, facts, "rare-topic", each, fact -> rarity(fact, frequency));
    pick(found, facts, "longest", each, fact -> fact.first().answer().length());
    pick(found, facts, "shortest", each, fact -> 1.0 / fact.first().answer().length());
    return found;
  }

  private static void pick(
      Map<Fact, String> found,
      List<Fact> facts,
      String kind,
      int each,
      ToDoubleFunction<Fact> score) {
    facts.stream()
        .filter(fact -> !found.containsKey(fact) && score.applyAsDouble(fact) > 0)
        .sorted(Comparator.comparingDouble(score).reversed().thenComparing(Fact::id))
        .limit(each)
        .toList()
        .forEach(fact -> found.put(fact, kind));
  }

  private static boolean isCodeMixed(Fact fact) {
    String question = fact.first().question();
    boolean wide = question.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x9FFF);
    return wide && question.matches("(?s).*[A-Za-z]{2,}.*");
  }

  /** Share of the question's words that occur in no other. */
  private static double rarity(Fact fact, Map<String, Integer> frequency) {
    List<String> terms = List.copyOf(ContentTerms.of(fact.first().question()));
    long rare = terms.stream().filter(term -> frequency.getOrDefault(term, 0) == 1).count();
    return terms.isEmpty() ? 0 : (double) rare / terms.size();
  }
}
