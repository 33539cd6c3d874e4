package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** The newest version of a document, or the mark that it was erased. */
@Entity
@Table(name = "document")
public class DocumentEntity extends DocumentColumns {

  /** Names a document. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    public String dataset;

    @Column(name = "document_id")
    public String documentId;

    public Key() {}

    public Key(String dataset, String documentId) {
      this.dataset = dataset;
      this.documentId = documentId;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(dataset, key.dataset)
          && Objects.equals(documentId, key.documentId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(dataset, documentId);
    }
  }

  /** Whether it is in use no more: withdrawn, or given way to another document. */
  public boolean erased;

  /** Whether its owner has withdrawn it. */
  public boolean withdrawn;

  public String language;

  @Column(name = "parsed_sha256")
  public String parsedSha256;

  public int corrections;

  @Column(name = "withheld_blocks")
  public int withheldBlocks;

  /** What a teacher's pairs among its examples were made from, as JSON; null without any. */
  public String lesson;

  @Column(name = "changed_at")
  public Instant changedAt;
}
