package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** The newest version of a document, or the mark that it was erased. */
@Entity
@Table(name = "document")
public class DocumentEntity {

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

  @EmbeddedId public Key key;

  public int version;
  public boolean erased;

  /** Number of the dataset version that first held this version of the document; null if none. */
  public Integer generation;

  public String filename;
  public String language;

  @Column(name = "parsed_sha256")
  public String parsedSha256;

  public int examples;

  @Column(name = "file_location")
  public String fileLocation;

  @Column(name = "file_sha256")
  public String fileSha256;

  @Column(name = "file_size_bytes")
  public Long fileSizeBytes;

  /** Type to count, as JSON. */
  public String findings;

  /** Reason to count, as JSON. */
  public String rejects;

  public int corrections;

  @Column(name = "withheld_blocks")
  public int withheldBlocks;

  public String topic;

  @Column(name = "topic_partition")
  public int topicPartition;

  @Column(name = "topic_offset")
  public long topicOffset;

  @Column(name = "changed_at")
  public Instant changedAt;
}
