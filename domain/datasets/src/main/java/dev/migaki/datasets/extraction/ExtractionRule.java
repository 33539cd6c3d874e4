package dev.migaki.datasets.extraction;

import java.util.List;

/** One way in which documents hold questions and answers. */
interface ExtractionRule {

  /** Candidates in the document's order; the rule marks the blocks it used as taken. */
  List<Candidate> apply(DocumentView document);
}
