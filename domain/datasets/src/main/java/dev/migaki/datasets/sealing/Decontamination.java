package dev.migaki.datasets.sealing;

import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.similarity.SimilarTextGuard;
import dev.migaki.datasets.spill.SpillSpace;
import java.util.List;

/**
 * Keeps questions of tests that come from outside (a benchmark, a customer's acceptance test) out
 * of the dataset, in every wording that is nearly the same. The version's own test and edge sets
 * need none of it: the split never trains what it holds out.
 */
final class Decontamination {
  private Decontamination() {}

  /** Drops every example one of whose questions is nearly the same as a protected one. */
  static void dropProtected(Selection selection, List<String> questions, SpillSpace space) {
    if (questions.isEmpty()) {
      return;
    }
    SimilarTextGuard guarded = new SimilarTextGuard(Facts.SAME_WORDING, space);
    questions.forEach(guarded::add);
    selection.kept().stream()
        .filter(c -> c.example().userTexts().stream().anyMatch(guarded::knows))
        .forEach(c -> c.drop(RejectReason.IN_TEST_SET));
  }
}
