package dev.migaki.datasets.sealing;

import dev.migaki.datasets.similarity.SimilarTextGuard;
import dev.migaki.datasets.spill.SpillSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells which wordings may be held out: those that no other pair of this version and no training
 * line of the one before asks in nearly the same words. Only the wordings in question are kept and
 * indexed; what they are compared with passes by once.
 */
final class FreeWordings {
  private static final int NO_WORDING = -1;

  private final Map<Candidate, Integer> wordings = new HashMap<>();
  private final List<Integer> wordingOfText = new ArrayList<>();
  private final BitSet asked = new BitSet();
  private final SimilarTextGuard guard;

  /**
   * @param facts whose wordings may be held out
   */
  FreeWordings(List<Fact> facts, SpillSpace space) {
    guard = new SimilarTextGuard(Facts.SAME_WORDING, space);
    int number = 0;
    for (Fact fact : facts) {
      for (List<Candidate> wording : fact.wordings()) {
        for (Candidate pair : wording) {
          guard.add(pair.example().question());
          wordingOfText.add(number);
          wordings.put(pair, number);
        }
        number++;
      }
    }
  }

  /** Takes note of a pair of this version: it must not be like any wording but its own. */
  void pass(Candidate pair) {
    if (wordingOfText.isEmpty()) {
      return;
    }
    int own = wordings.getOrDefault(pair, NO_WORDING);
    pair.example().userTexts().forEach(text -> pass(text, own));
  }

  /** Takes note of a question that was trained before. */
  void pass(String trained) {
    pass(trained, NO_WORDING);
  }

  private void pass(String text, int own) {
    guard.anySimilar(
        text,
        number -> {
          int wording = wordingOfText.get(number);
          if (wording != own) {
            asked.set(wording);
          }
          return false;
        });
  }

  boolean isFree(List<Candidate> wording) {
    return !asked.get(wordings.getOrDefault(wording.get(0), NO_WORDING));
  }
}
