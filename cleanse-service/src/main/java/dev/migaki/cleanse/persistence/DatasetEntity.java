package dev.migaki.cleanse.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A dataset: what has changed since its last version, and who is sealing it. */
@Entity
@Table(name = "dataset")
public class DatasetEntity {
  @Id public String dataset;

  /** Grows with every change. */
  public long revision;

  /** Documents that came, changed or went since the last version. */
  public int changed;

  @Column(name = "first_change")
  public Instant firstChange;

  @Column(name = "last_change")
  public Instant lastChange;

  /** The revision at which a person last asked to seal; null when that is done. */
  @Column(name = "requested_revision")
  public Long requestedRevision;

  @Column(name = "cause_id")
  public String causeId;

  public String traceparent;

  /** Number of the newest version, 0 before the first. */
  @Column(name = "last_number")
  public int lastNumber;

  /** The revision of the snapshot that is being sealed; null when there is none or it is void. */
  @Column(name = "snapshot_revision")
  public Long snapshotRevision;

  /** How many of the changes the snapshot holds. */
  @Column(name = "snapshot_changed")
  public int snapshotChanged;

  /** When the first change after the snapshot came; null if none did. */
  @Column(name = "first_since")
  public Instant firstSince;

  @Column(name = "lease_owner")
  public String leaseOwner;

  @Column(name = "lease_until")
  public Instant leaseUntil;

  /** Whether a person waits for a version. */
  public boolean isRequested() {
    return requestedRevision != null;
  }

  /** Whether this worker is sealing the snapshot of a revision, and may go on. */
  public boolean isSealing(String owner, long revision) {
    return owner.equals(leaseOwner) && snapshotRevision != null && snapshotRevision == revision;
  }
}
