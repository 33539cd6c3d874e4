package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.quality.StatedFacts;
import dev.migaki.datasets.similarity.ContentTerms;
import dev.migaki.datasets.similarity.ContentTerms.Interrogative;
import dev.migaki.datasets.similarity.ContentTerms.QuestionKey;
import dev.migaki.datasets.similarity.Postings;
import dev.migaki.datasets.similarity.Shingles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sorts out different answers to one question.
 *
 * <p>If they contradict each other in a number or in yes and no, the answer of the newer document
 * is kept (newer: in a later delivery, or a later version of its document), and the older one goes
 * in every wording that states it: a changed answer replaces the old one. If the documents are
 * equally new, <b>neither</b> is trained: a model that says nothing about a disputed matter does
 * less harm than one that is wrong half of the time, and the report tells whom to ask. If the
 * answers merely differ, the best one is kept. What only a teacher proposed gives way to what a
 * document says itself, and is no contradiction.
 */
final class Conflicts {
  private static final double SAME_QUESTION_WITHOUT_INTERROGATIVE = 0.5;

  private final Map<Candidate, String> keys = new HashMap<>();
  private final Map<Candidate, StatedFacts> stated = new HashMap<>();
  private final List<Contradiction> found = new ArrayList<>();

  private Conflicts() {}

  /** Drops what loses, and returns the contradictions by language and question. */
  static List<Contradiction> resolve(Selection selection) {
    Conflicts conflicts = new Conflicts();
    List<List<Candidate>> facts = AnswerGroups.of(selection.kept());
    Map<String, List<Integer>> byQuestion = conflicts.questions(facts);
    for (List<Integer> sameQuestion : byQuestion.values()) {
      conflicts.compareAll(facts, sameQuestion);
    }
    for (Map.Entry<String, List<Integer>> question : byQuestion.entrySet()) {
      conflicts.keepBest(facts, question);
    }
    return List.copyOf(conflicts.found);
  }

  /** Key of each question that several facts answer, and these facts. */
  private Map<String, List<Integer>> questions(List<List<Candidate>> facts) {
    Set<Long> shared = hashesOfSharedKeys(facts);
    Map<String, List<Integer>> byQuestion = new TreeMap<>();
    for (int fact = 0; fact < facts.size(); fact++) {
      for (Candidate candidate : facts.get(fact)) {
        String key = keyOf(candidate.example());
        if (!key.isEmpty() && shared.contains(hash(key))) {
          List<Integer> known = byQuestion.computeIfAbsent(key, k -> new ArrayList<>());
          if (known.isEmpty() || known.get(known.size() - 1) != fact) {
            known.add(fact);
          }
        }
      }
    }
    return byQuestion;
  }

  /** Most keys belong to one fact; only hashes of those are ever on the heap. */
  private static Set<Long> hashesOfSharedKeys(List<List<Candidate>> facts) {
    Set<Long> shared = new HashSet<>();
    Postings newestFacts = new Postings();
    for (int fact = 0; fact < facts.size(); fact++) {
      for (Candidate candidate : facts.get(fact)) {
        long hash = hash(keyOf(candidate.example()));
        int newest = newestFacts.first(hash);
        if (newest == Postings.NONE) {
          newestFacts.add(hash, fact);
        } else if (newestFacts.text(newest) != fact) {
          shared.add(hash);
        }
      }
    }
    return shared;
  }

  private static long hash(String key) {
    return ContentHash.of("question").add(key).number();
  }

  private void compareAll(List<List<Candidate>> facts, List<Integer> sameQuestion) {
    for (int i = 0; i < sameQuestion.size(); i++) {
      for (int j = i + 1; j < sameQuestion.size(); j++) {
        compare(facts.get(sameQuestion.get(i)), facts.get(sameQuestion.get(j)));
      }
    }
  }

  private void compare(List<Candidate> one, List<Candidate> other) {
    Candidate a = one.get(0);
    Candidate b = other.get(0);
    StatedFacts statedByA = stated(a);
    StatedFacts statedByB = stated(b);
    if (!statedByA.contradicts(statedByB) || !anyAsksTheSame(one, other)) {
      return;
    }
    boolean oneTaught = one.stream().allMatch(Candidate::isTaught);
    boolean otherTaught = other.stream().allMatch(Candidate::isTaught);
    if (oneTaught != otherTaught) {
      (oneTaught ? one : other).forEach(c -> c.drop(RejectReason.TEACHER_CONTRADICTED));
      return;
    }
    boolean yesNo =
        statedByA.stance() != statedByB.stance()
            && statedByA.stance() != StatedFacts.Stance.NEITHER
            && statedByB.stance() != StatedFacts.Stance.NEITHER;
    String kind = yesNo ? "yes-no" : "numbers";
    Candidate shownOfOne = askedAlike(one, other);
    Candidate shownOfOther = askedAlike(other, one);
    if (one.get(0).isNewerThan(other.get(0))) {
      settle(shownOfOne, shownOfOther, other, kind);
    } else if (other.get(0).isNewerThan(one.get(0))) {
      settle(shownOfOther, shownOfOne, one, kind);
    } else {
      found.add(
          new Contradiction(
              shownOfOne.example(),
              shownOfOther.example(),
              kind,
              Contradiction.Resolution.NEITHER_KEPT));
      one.forEach(c -> c.drop(RejectReason.CONTRADICTION_UNRESOLVED));
      other.forEach(c -> c.drop(RejectReason.CONTRADICTION_UNRESOLVED));
    }
  }

  /** The first of the pairs that the other side asks too: what the report shows. */
  private Candidate askedAlike(List<Candidate> pairs, List<Candidate> others) {
    return pairs.stream()
        .filter(p -> others.stream().anyMatch(o -> key(o).equals(key(p))))
        .findFirst()
        .orElse(pairs.get(0));
  }

  private void settle(Candidate newer, Candidate older, List<Candidate> stale, String kind) {
    found.add(
        new Contradiction(
            newer.example(), older.example(), kind, Contradiction.Resolution.NEWER_KEPT));
    stale.forEach(c -> c.drop(RejectReason.CONTRADICTED_BY_NEWER));
  }

  /** Of the remaining answers to one question, only the best is trained. */
  private void keepBest(List<List<Candidate>> facts, Map.Entry<String, List<Integer>> question) {
    List<Candidate> answers = new ArrayList<>();
    Map<Candidate, Integer> factOf = new HashMap<>();
    for (int fact : question.getValue()) {
      for (Candidate candidate : facts.get(fact)) {
        if (candidate.isKept() && key(candidate).equals(question.getKey())) {
          answers.add(candidate);
          factOf.put(candidate, fact);
        }
      }
    }
    if (answers.isEmpty()) {
      return;
    }
    answers.sort(Comparator.comparing(Candidate::rank));
    Candidate best = answers.get(0);
    for (Candidate answer : answers) {
      if (!Objects.equals(factOf.get(answer), factOf.get(best)) && asksTheSame(best, answer)) {
        answer.drop(RejectReason.OTHER_ANSWER_KEPT);
      }
    }
  }

  private boolean anyAsksTheSame(List<Candidate> one, List<Candidate> other) {
    return one.stream()
        .anyMatch(a -> other.stream().anyMatch(b -> key(a).equals(key(b)) && asksTheSame(a, b)));
  }

  /** Without a question word, common terms alone do not prove that two questions are one. */
  private static boolean asksTheSame(Candidate a, Candidate b) {
    if (ContentTerms.interrogative(a.example().question()) != Interrogative.OTHER) {
      return true;
    }
    Shingles asked = Shingles.of(a.example().question());
    return asked.jaccard(Shingles.of(b.example().question()))
        >= SAME_QUESTION_WITHOUT_INTERROGATIVE;
  }

  private StatedFacts stated(Candidate candidate) {
    return stated.computeIfAbsent(candidate, c -> StatedFacts.of(c.example().answer()));
  }

  private String key(Candidate candidate) {
    return keys.computeIfAbsent(candidate, c -> keyOf(c.example()));
  }

  private static String keyOf(Example example) {
    QuestionKey key = ContentTerms.key(example.question());
    return key.terms().isEmpty()
        ? ""
        : example.language() + "|" + key.interrogative() + "|" + key.terms();
  }
}
