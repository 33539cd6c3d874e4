package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.quality.StatedFacts;
import dev.migaki.datasets.similarity.ContentTerms;
import dev.migaki.datasets.similarity.NearDuplicateIndex;
import dev.migaki.datasets.similarity.Postings;
import dev.migaki.datasets.similarity.Shingles;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
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
  private final long[] stated;

  private AnswerGroups(List<Candidate> candidates) {
    this.candidates = candidates;
    this.parents = new int[candidates.size()];
    this.stated = new long[candidates.size()];
    for (int i = 0; i < parents.length; i++) {
      parents[i] = i;
    }
  }

  /** The groups, each with the best first, in the order of their best. */
  static List<List<Candidate>> of(List<Candidate> candidates) {
    List<Candidate> singleTurn =
        candidates.stream()
            .filter(c -> c.example().isSingleTurn())
            .sorted(Comparator.comparing(Candidate::rank))
            .toList();
    AnswerGroups groups = new AnswerGroups(singleTurn);
    groups.link();
    return groups.collect();
  }

  private void link() {
    NearDuplicateIndex index =
        new NearDuplicateIndex(SAME_ANSWER, i -> candidates.get(i).example().answer());
    Postings byFolded = new Postings();
    for (int i = 0; i < candidates.size(); i++) {
      Example example = candidates.get(i).example();
      stated[i] = statedKey(example);
      Shingles shingles = Shingles.of(example.answer());
      long folded = ContentHash.of("answer").add(TextFold.fold(example.answer())).number();
      for (int at = byFolded.first(folded); at != Postings.NONE; at = byFolded.next(at)) {
        linkIfSame(i, byFolded.text(at));
      }
      for (int similar : index.similarTo(shingles)) {
        linkIfSame(i, similar);
      }
      byFolded.add(folded, i);
      index.add(shingles);
    }
  }

  /** Equal for answers in one language that agree in every number and in negation. */
  private static long statedKey(Example example) {
    StatedFacts facts = StatedFacts.of(example.answer());
    ContentHash hash = ContentHash.of(example.language()).add(facts.negated() ? "not" : "");
    facts.values().forEach(hash::add);
    return hash.number();
  }

  private boolean sameFact(int i, int j) {
    if (stated[i] != stated[j]) {
      return false;
    }
    Example a = candidates.get(i).example();
    Example b = candidates.get(j).example();
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
      parents[root] = parents[parents[root]];
      root = parents[root];
    }
    return root;
  }

  private void linkIfSame(int i, int j) {
    int a = root(i);
    int b = root(j);
    if (a != b && sameFact(i, j)) {
      parents[Math.max(a, b)] = Math.min(a, b);
    }
  }
}
