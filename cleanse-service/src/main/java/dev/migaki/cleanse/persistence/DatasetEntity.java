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

  /** Grows with every change, so that a worker sees that something came while it sealed. */
  public long revision;

  /** Documents that came, changed or went since the last version. */
  public int changed;

  @Column(name = "first_change")
  public Instant firstChange;

  @Column(name = "last_change")
  public Instant lastChange;

  /** Whether a person asked to seal. */
  public boolean requested;

  @Column(name = "cause_id")
  public String causeId;

  public String traceparent;

  /** Number of the newest version, 0 before the first. */
  @Column(name = "last_number")
  public int lastNumber;

  @Column(name = "lease_owner")
  public String leaseOwner;

  @Column(name = "lease_until")
  public Instant leaseUntil;
}
