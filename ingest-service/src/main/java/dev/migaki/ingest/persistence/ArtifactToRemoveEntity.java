package dev.migaki.ingest.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** An artifact of an erased document that still lies in the store. */
@Entity
@Table(name = "artifact_to_remove")
public class ArtifactToRemoveEntity {
  @Id public String sha256;
  public String location;

  @Column(name = "size_bytes")
  public long sizeBytes;

  @Column(name = "media_type")
  public String mediaType;

  @Column(name = "due_at")
  public Instant dueAt;
}
