package dev.migaki.cleanse.persistence;

import dev.migaki.datasets.cleansing.CleanDocument;
import jakarta.transaction.TransactionScoped;
import java.util.ArrayList;
import java.util.List;

/** Findings that the current transaction holds back to insert them together. */
@TransactionScoped
class NewFindings {

  /** A finding and the document that it was in. */
  record Row(String dataset, String documentId, CleanDocument.Finding finding) {}

  private final List<Row> rows = new ArrayList<>();

  /** Whether these are the first. */
  boolean add(String dataset, String documentId, List<CleanDocument.Finding> findings) {
    boolean first = rows.isEmpty();
    findings.forEach(finding -> rows.add(new Row(dataset, documentId, finding)));
    return first;
  }

  /** Hands over what is held. */
  List<Row> take() {
    List<Row> taken = List.copyOf(rows);
    rows.clear();
    return taken;
  }
}
