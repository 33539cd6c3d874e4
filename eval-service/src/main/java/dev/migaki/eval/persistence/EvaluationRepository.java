package dev.migaki.eval.persistence;

import dev.migaki.eval.domain.EvaluationState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Evaluations, and the claiming of them. */
@ApplicationScoped
public class EvaluationRepository implements PanacheRepositoryBase<EvaluationEntity, String> {

  /** The dataset's evaluations, newest first; all datasets' when none is named. */
  public List<EvaluationEntity> newestFirst(Optional<String> dataset, int limit) {
    Sort order = Sort.descending("createdAt").and("modelId");
    return (dataset.isPresent() ? find("dataset", order, dataset.get()) : findAll(order))
        .page(0, limit)
        .list();
  }

  /**
   * Claims the oldest evaluation that waits or whose worker has been silent for longer than its
   * lease; one that was put back waits as long.
   */
  public Optional<EvaluationEntity> claim(String worker, Instant now, Instant leaseUntil) {
    Optional<EvaluationEntity> evaluation =
        find(
                "(state = ?1 or state = ?2) and (leaseUntil is null or leaseUntil < ?3)",
                Sort.ascending("createdAt"),
                EvaluationState.QUEUED,
                EvaluationState.RUNNING,
                now)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .withHint("jakarta.persistence.lock.timeout", -2)
            .firstResultOptional();
    evaluation.ifPresent(
        claimed -> {
          claimed.state = EvaluationState.RUNNING;
          claimed.claimedBy = worker;
          claimed.leaseUntil = leaseUntil;
          claimed.attempt++;
          claimed.errorMessage = null; // why it waited
        });
    return evaluation;
  }

  /** Evaluations of models that were trained on a version. */
  public List<EvaluationEntity> ofVersion(String dataset, String version) {
    return list("dataset = ?1 and version = ?2", Sort.ascending("createdAt"), dataset, version);
  }
}
