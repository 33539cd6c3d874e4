package dev.migaki.ingest.persistence;

import dev.migaki.ingest.domain.DocumentState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.Table;
import java.time.Instant;

/** One version of a document and what became of it. */
@Entity
@Table(name = "document_version")
public class DocumentVersionEntity {
  @Id
  @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "document_version_id")
  @SequenceGenerator(name = "document_version_id", allocationSize = 64)
  public Long id;

  public String dataset;

  @Column(name = "document_id")
  public String documentId;

  public int version;
  public boolean latest;

  @Enumerated(EnumType.STRING)
  public DocumentState state;

  public String filename;

  /** As the sender declared it. */
  @Column(name = "content_type")
  public String contentType;

  /** As it was detected. */
  @Column(name = "media_type")
  public String mediaType;

  @Column(name = "declared_language")
  public String declaredLanguage;

  public String language;
  public String source;

  @Column(name = "size_bytes")
  public long sizeBytes;

  public String sha256;

  @Column(name = "original_location")
  public String originalLocation;

  @Column(name = "parsed_location")
  public String parsedLocation;

  @Column(name = "parsed_sha256")
  public String parsedSha256;

  @Column(name = "parsed_size_bytes")
  public Long parsedSizeBytes;

  /** Why it was rejected; a {@code RejectionCode}. */
  public String code;

  public String message;

  @Column(name = "duplicate_of")
  public String duplicateOf;

  /** One per line. */
  public String warnings;

  /** Document id of the archive that it came in. */
  public String container;

  /** Version of that archive. */
  @Column(name = "container_version")
  public Integer containerVersion;

  /** How many files an archive holds. */
  public Integer entries;

  public String topic;

  @Column(name = "topic_partition")
  public int topicPartition;

  @Column(name = "topic_offset")
  public long topicOffset;

  @Column(name = "received_at")
  public Instant receivedAt;

  @Column(name = "changed_at")
  public Instant changedAt;
}
