package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;

/** Pairs that the format itself declares: FAQPage markup, details/summary, definition lists. */
final class DeclaredPairs implements ExtractionRule {
  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.block(i) instanceof Block.QuestionAnswer pair) {
        candidates.add(
            Candidate.pair(
                "declared-pair",
                QuestionShape.withoutNumbering(pair.question()),
                LabelledPairs.withoutAnswerLabel(pair.answer()),
                i,
                i));
        document.take(i, i);
      }
    }
    return candidates;
  }
}
