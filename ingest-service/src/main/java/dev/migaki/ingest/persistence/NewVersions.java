package dev.migaki.ingest.persistence;

import jakarta.transaction.TransactionScoped;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * What the current transaction knows of rows that it need not ask the database for: versions of
 * unknown documents that it holds back to insert them together, and names and contents of which it
 * asked before and there was nothing.
 */
@TransactionScoped
class NewVersions implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Set<String> names = new HashSet<>();
  private final Set<String> contents = new HashSet<>();
  private final Set<String> absentNames = new HashSet<>();
  private final Set<String> absentContents = new HashSet<>();

  void add(DocumentVersionEntity version) {
    names.add(version.dataset + "/" + version.documentId);
    contents.add(version.dataset + "/" + version.sha256);
  }

  /** Whether the database cannot know this document, or these bytes, yet. */
  boolean mayHold(String dataset, String documentId, String sha256) {
    return names.contains(dataset + "/" + documentId) || contents.contains(dataset + "/" + sha256);
  }

  /** Remembers that there is no such document. */
  void noteAbsentName(String dataset, String documentId) {
    absentNames.add(dataset + "/" + documentId);
  }

  /** Remembers that no document in use has these bytes. */
  void noteAbsentContent(String dataset, String sha256) {
    absentContents.add(dataset + "/" + sha256);
  }

  /** Forgets what was absent and is added now. */
  void noteAdded(DocumentVersionEntity version) {
    absentNames.remove(version.dataset + "/" + version.documentId);
    absentContents.remove(version.dataset + "/" + version.sha256);
  }

  /** Whether there is neither such a document nor one with these bytes. */
  boolean areAbsent(String dataset, String documentId, String sha256) {
    return absentNames.contains(dataset + "/" + documentId)
        && absentContents.contains(dataset + "/" + sha256);
  }
}
