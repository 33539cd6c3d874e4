package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;

/** An artifact that a sealing stores or has stored, and that no sealed version names yet. */
@Entity
@Table(name = "sealing_artifact")
public class SealingArtifactEntity {

  /** Who stores what. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    public String dataset;
    public String owner;
    public String sha256;

    public Key() {}

    public Key(String dataset, String owner, String sha256) {
      this.dataset = dataset;
      this.owner = owner;
      this.sha256 = sha256;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(dataset, key.dataset)
          && Objects.equals(owner, key.owner)
          && Objects.equals(sha256, key.sha256);
    }

    @Override
    public int hashCode() {
      return Objects.hash(dataset, owner, sha256);
    }
  }

  @EmbeddedId public Key key;

  @Column(name = "size_bytes")
  public long sizeBytes;
}
