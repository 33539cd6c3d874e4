package dev.migaki.ingest.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** What a stage told about the erasure of a document. */
@Entity
@Table(name = "erasure_receipt")
public class ErasureReceiptEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.IDENTITY)
  public Long id;

  public String dataset;

  @Column(name = "document_id")
  public String documentId;

  public String stage;

  /** As it was told, as JSON. */
  public String receipt;

  @Column(name = "told_at")
  public Instant toldAt;
}
