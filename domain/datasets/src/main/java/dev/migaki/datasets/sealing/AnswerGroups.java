package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.quality.StatedFacts;
import dev.migaki.datasets.sealing.Selection.Candidate;
import dev.migaki.datasets.similarity.ContentTerms;
import dev.migaki.datasets.similarity.NearDuplicateIndex;
import dev.migaki.datasets.similarity.Shingles;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Groups pairs that state the same fact: their answers are nearly the same and agree in every
 * number and negation, and their questions share a word or the answers are long enough for that to
 * be no accident ("Yes, you can." answers many things).
 */
final class AnswerGroups {
  private static final double SAME_ANSWER = 0.7;
  private static final int TELLING_LENGTH = 40;

  private final List<Candidate> candidates;
  private final int[] parents;

  private AnswerGroups(List<Candidate> candidates) {
    this.candidates = candidates;
    this.parents = new int[candidates.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
  }

  /** The groups, each sorted by {@link Selection#BEST_FIRST}, in the order of their best. */
  static List<List<Candidate>> of(List<Candidate> candidates) {
    List<Candidate> singleTurn =
        candidates.stream()
            .filter(c -> c.example().isSingleTurn())
            .sorted(Selection.BEST_FIRST)
            .toList();
    AnswerGroups groups = new AnswerGroups(singleTurn);
    groups.link();
    return groups.collect();
  }

  private void link() {
    NearDuplicateIndex index =
        new NearDuplicateIndex(SAME_ANSWER, i -> candidates.get(i).example().answer());
    Map<String, List<Integer>> byFolded = new TreeMap<>();
    List<StatedFacts> stated = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      Example example = candidates.get(i).example();
      stated.add(StatedFacts.of(example.answer()));
      Shingles shingles = Shingles.of(example.answer());
      String folded = example.language() + TextFold.fold(example.answer());
      List<Integer> similar = new ArrayList<>(byFolded.getOrDefault(folded, List.of()));
      similar.addAll(index.similarTo(shingles));
      for (int other : similar) {
        if (sameFact(i, other, stated)) {
          union(i, other);
        }
      }
      byFolded.computeIfAbsent(folded, f -> new ArrayList<>()).add(i);
      index.add(shingles);
    }
  }

  private boolean sameFact(int i, int j, List<StatedFacts> stated) {
    Example a = candidates.get(i).example();
    Example b = candidates.get(j).example();
    if (!a.language().equals(b.language())
        || !stated.get(i).values().equals(stated.get(j).values())
        || stated.get(i).negated() != stated.get(j).negated()) {
      return false;
    }
    boolean telling =
        TextFold.fold(a.answer()).length() >= TELLING_LENGTH
            && TextFold.fold(b.answer()).length() >= TELLING_LENGTH;
    return telling
        || !Collections.disjoint(ContentTerms.of(a.question()), ContentTerms.of(b.question()));
  }

  private List<List<Candidate>> collect() {
    Map<Integer, List<Candidate>> groups = new TreeMap<>();
    for (int i = 0; i < candidates.size(); i++) {
      groups.computeIfAbsent(root(i), r -> new ArrayList<>()).add(candidates.get(i));
    }
    return List.copyOf(groups.values());
  }

  private int root(int i) {
    int root = i;
    while (parents[root] != root) {
      root = parents[root];
    }
    return root;
  }

  private void union(int i, int j) {
    int a = root(i);
    int b = root(j);
    parents[Math.max(a, b)] = Math.min(a, b);
  }
}
