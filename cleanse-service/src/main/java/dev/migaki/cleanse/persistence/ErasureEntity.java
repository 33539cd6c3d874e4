package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The erasure of one document, from the order to the receipt. */
@Entity
@Table(name = "erasure")
public class ErasureEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  public String dataset;

  @Column(name = "document_id")
  public String documentId;

  /** Artifacts that have to go once nothing needs them, as JSON. */
  public String pending;

  /** What is or will be removed, as JSON. */
  public String removed;

  /** Versions that held something of the document, as JSON. */
  public String affected;

  public String topic;

  @Column(name = "topic_partition")
  public int topicPartition;

  @Column(name = "topic_offset")
  public long topicOffset;

  @Column(name = "cause_id")
  public String causeId;

  public String traceparent;

  @Column(name = "requested_at")
  public Instant requestedAt;

  @Column(name = "done_at")
  public Instant doneAt;
}
