package dev.migaki.cleanse.persistence;

import dev.migaki.platform.stage.Cause;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Datasets, their pending changes and the lease of who seals them. */
@ApplicationScoped
public class DatasetRepository implements PanacheRepositoryBase<DatasetEntity, String> {

  /**
   * Notes that a document of the dataset comes, changes or goes. Before the document's row and file
   * are touched, so that no snapshot is taken in between.
   *
   * @return the dataset, locked until the end of the transaction
   */
  public DatasetEntity noteChange(String dataset, Cause cause, Instant now) {
    DatasetEntity row = lock(dataset, cause);
    row.revision++;
    row.changed++;
    row.firstChange = row.firstChange == null ? now : row.firstChange;
    row.firstSince = row.firstSince == null ? now : row.firstSince;
    row.lastChange = now;
    row.causeId = cause.id();
    row.traceparent = cause.traceparent();
    return row;
  }

  /**
   * Notes that a person wants a version with everything that is there now; false when nothing is
   * known of the dataset.
   */
  public boolean request(String dataset) {
    return update("requestedRevision = revision where dataset = ?1", dataset) == 1;
  }

  /** Datasets in which something has changed, by name. */
  public List<DatasetEntity> changed() {
    return list("changed > 0 order by dataset");
  }

  /** Whether this worker is sealing the snapshot of a revision, and may go on. */
  public boolean isSealing(String dataset, String owner, long revision) {
    return findByIdOptional(dataset).filter(row -> row.isSealing(owner, revision)).isPresent();
  }

  /** Takes the lease if nobody holds it. */
  public boolean claim(String dataset, String owner, Instant now, Instant until) {
    return update(
            "leaseOwner = ?1, leaseUntil = ?2 where dataset = ?3"
                + " and (leaseUntil is null or leaseUntil < ?4 or leaseOwner = ?1)",
            owner,
            until,
            dataset,
            now)
        == 1;
  }

  /** Keeps the lease for longer; false when it is lost. */
  public boolean renew(String dataset, String owner, Instant until) {
    return update("leaseUntil = ?1 where dataset = ?2 and leaseOwner = ?3", until, dataset, owner)
        == 1;
  }

  /** Gives the lease back. */
  public void release(String dataset, String owner) {
    update(
        "leaseOwner = null, leaseUntil = null where dataset = ?1 and leaseOwner = ?2",
        dataset,
        owner);
  }

  /** The row for change, until the end of the transaction. */
  public Optional<DatasetEntity> locked(String dataset) {
    return findByIdOptional(dataset, LockModeType.PESSIMISTIC_WRITE);
  }

  private DatasetEntity lock(String dataset, Cause cause) {
    Optional<DatasetEntity> known = locked(dataset);
    if (known.isPresent()) {
      return known.get();
    }
    getEntityManager()
        .createNativeQuery(
            "insert into cleanse.dataset (dataset, revision, changed, cause_id, traceparent, last_number)"
                + " values (?1, 0, 0, ?2, ?3, 0) on conflict (dataset) do nothing")
        .setParameter(1, dataset)
        .setParameter(2, cause.id())
        .setParameter(3, cause.traceparent())
        .executeUpdate();
    return locked(dataset).orElseThrow();
  }
}
