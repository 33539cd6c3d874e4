package dev.migaki.cleanse.persistence;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.sealing.Manifest;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

/** Sealed versions. */
@ApplicationScoped
public class DatasetVersionRepository
    implements PanacheRepositoryBase<DatasetVersionEntity, DatasetVersionEntity.Key> {

  /** All versions of a dataset, oldest first. */
  public List<DatasetVersionEntity> versions(String dataset) {
    return list("dataset", Sort.ascending("number"), dataset);
  }

  /** All versions of a dataset for change, oldest first, until the end of the transaction. */
  public List<DatasetVersionEntity> locked(String dataset) {
    return find("dataset", Sort.ascending("number"), dataset)
        .withLock(LockModeType.PESSIMISTIC_WRITE)
        .list();
  }

  public Optional<DatasetVersionEntity> version(String dataset, int number) {
    return find("dataset = ?1 and number = ?2", dataset, number).firstResultOptional();
  }

  public Optional<DatasetVersionEntity> latest(String dataset) {
    return find("dataset", Sort.descending("number"), dataset).firstResultOptional();
  }

  /** Where a version's manifest lies. */
  public static ArtifactRef manifest(DatasetVersionEntity version) {
    return new ArtifactRef(
        version.manifestLocation,
        version.manifestSha256,
        version.manifestSizeBytes,
        Manifest.MEDIA_TYPE);
  }
}
