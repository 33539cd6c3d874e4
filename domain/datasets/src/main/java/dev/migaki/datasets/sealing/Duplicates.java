package dev.migaki.datasets.sealing;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.quality.StatedFacts;
import dev.migaki.datasets.similarity.ContentTerms;
import dev.migaki.datasets.similarity.NearDuplicateIndex;
import dev.migaki.datasets.similarity.Postings;
import dev.migaki.datasets.similarity.Shingles;
import java.util.ArrayList;
import java.util.List;

/**
 * Collapses pairs that are the same, or the same but for a few letters, to the best of them. Both
 * question and answer must be nearly equal and agree in numbers, negation and content words:
 * another wording of a question is worth keeping, another number is a contradiction.
 */
final class Duplicates {
  private static final double NEARLY_THE_SAME = 0.8;

  private Duplicates() {}

  /** Drops exact copies. */
  static void collapseCopies(Selection selection) {
    Postings byText = new Postings();
    for (Candidate candidate : selection.kept()) {
      String text = candidate.foldedText();
      long key = ContentHash.of("copy").add(text).number();
      Candidate first = null;
      for (int at = byText.first(key); at != Postings.NONE; at = byText.next(at)) {
        Candidate known = selection.get(byText.text(at));
        first = known.foldedText().equals(text) ? known : first;
      }
      if (first == null) {
        byText.add(key, candidate.rank());
      } else {
        selection.merge(candidate, first, RejectReason.EXACT_DUPLICATE);
      }
    }
  }

  /** Drops near copies. */
  static void collapseNearCopies(Selection selection) {
    List<Candidate> kept = new ArrayList<>();
    NearDuplicateIndex index =
        new NearDuplicateIndex(NEARLY_THE_SAME, number -> whole(kept.get(number)));
    for (Candidate candidate : selection.kept()) {
      Shingles whole = Shingles.of(whole(candidate));
      Candidate original = null;
      for (int number : index.similarTo(whole)) {
        if (original == null && saysTheSame(kept.get(number), candidate)) {
          original = kept.get(number);
        }
      }
      if (original == null) {
        index.add(whole);
        kept.add(candidate);
      } else {
        selection.merge(candidate, original, RejectReason.NEAR_DUPLICATE);
      }
    }
  }

  private static boolean saysTheSame(Candidate a, Candidate b) {
    String askedA = String.join("\n", a.example().userTexts());
    String askedB = String.join("\n", b.example().userTexts());
    StatedFacts statedByA = StatedFacts.of(whole(a));
    StatedFacts statedByB = StatedFacts.of(whole(b));
    return a.example().language().equals(b.example().language())
        && a.example().messages().size() == b.example().messages().size()
        && Shingles.of(askedA).jaccard(Shingles.of(askedB)) >= NEARLY_THE_SAME
        && statedByA.values().equals(statedByB.values())
        && statedByA.negated() == statedByB.negated()
        && (!a.example().isSingleTurn()
            || ContentTerms.of(askedA).equals(ContentTerms.of(askedB))
            || Shingles.of(askedA).jaccard(Shingles.of(askedB)) >= 0.9);
  }

  private static String whole(Candidate candidate) {
    StringBuilder text = new StringBuilder();
    candidate.example().messages().forEach(m -> text.append(m.content()).append('\n'));
    return text.toString();
  }
}
