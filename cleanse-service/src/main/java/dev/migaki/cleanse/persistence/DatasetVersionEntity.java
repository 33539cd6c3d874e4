package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** A sealed version; what it holds is in its manifest. */
@Entity
@Table(name = "dataset_version")
@IdClass(DatasetVersionEntity.Key.class)
public class DatasetVersionEntity {

  /** Names a version. */
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    public String dataset;
    public int number;

    public Key() {}

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(dataset, key.dataset)
          && number == key.number;
    }

    @Override
    public int hashCode() {
      return Objects.hash(dataset, number);
    }
  }

  @Id public String dataset;
  @Id public int number;

  public String version;

  @Column(name = "manifest_location")
  public String manifestLocation;

  @Column(name = "manifest_sha256")
  public String manifestSha256;

  @Column(name = "manifest_size_bytes")
  public long manifestSizeBytes;

  @Column(name = "sealed_at")
  public Instant sealedAt;
}
