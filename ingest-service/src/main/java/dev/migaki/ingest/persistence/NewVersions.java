package dev.migaki.ingest.persistence;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * Versions of unknown documents that the current transaction holds back to insert them together, by
 * what they may be asked for.
 */
@TransactionScoped
class NewVersions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Set<String> names = new HashSet<>();
  private final Set<String> contents = new HashSet<>();

  void add(DocumentVersionEntity version) {
    names.add(version.dataset + "/" + version.documentId);
    contents.add(version.dataset + "/" + version.sha256);
  }

  /** Whether the database cannot know this document, or these bytes, yet. */
  boolean mayHold(String dataset, String documentId, String sha256) {
    return names.contains(dataset + "/" + documentId) || contents.contains(dataset + "/" + sha256);
  }
}
