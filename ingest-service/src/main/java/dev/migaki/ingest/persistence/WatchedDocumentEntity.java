package dev.migaki.ingest.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import java.util.Objects;

/** A document that was taken from a watched place. */
@Entity
@Table(name = "watched_document")
public class WatchedDocumentEntity {
  @EmbeddedId public Key key;

  /** Of the content that was taken. */
  public String stamp;

  @Column(name = "taken_at")
  public Instant takenAt;

  /** Dataset and name below the place. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    public String dataset;
    public String name;

    public Key() {}

    public Key(String dataset, String name) {
      this.dataset = dataset;
      this.name = name;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && dataset.equals(key.dataset) && name.equals(key.name);
    }

    @Override
    public int hashCode() {
      return Objects.hash(dataset, name);
    }
  }
}
