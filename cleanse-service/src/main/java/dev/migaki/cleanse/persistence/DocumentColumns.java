package dev.migaki.cleanse.persistence;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.MappedSuperclass;

/** What a sealing needs of a document: the columns that a snapshot copies. */
@MappedSuperclass
public abstract class DocumentColumns {
  @EmbeddedId public DocumentEntity.Key key;

  public int version;

  /** Number of the dataset version that first held this version of the document; null if none. */
  public Integer generation;

  public String filename;
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

  public String topic;

  @Column(name = "topic_partition")
  public int topicPartition;

  @Column(name = "topic_offset")
  public long topicOffset;

  /** Where the examples lie; not to be asked of an erased document. */
  public ArtifactRef file() {
    return new ArtifactRef(fileLocation, fileSha256, fileSizeBytes, ExampleJsonl.MEDIA_TYPE);
  }
}
