package dev.migaki.training.persistence;

import dev.migaki.training.domain.RunState;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;

/** Runs, and the claiming of them. */
@ApplicationScoped
public class RunRepository implements PanacheRepositoryBase<RunEntity, String> {

  /** The dataset's runs, newest first; all datasets' when none is named. */
  public List<RunEntity> newestFirst(Optional<String> dataset, int limit) {
    Sort order = Sort.descending("createdAt").and("id");
    return (dataset.isPresent() ? find("dataset", order, dataset.get()) : findAll(order))
        .page(0, limit)
        .list();
  }

  /** The dataset's latest run that was allowed to start. */
  public Optional<RunEntity> latestAllowed(String dataset) {
    return find(
            "dataset = ?1 and state <> ?2", Sort.descending("createdAt"), dataset, RunState.REFUSED)
        .firstResultOptional();
  }

  /**
   * What the dataset's runs have cost in the calendar month (UTC) of {@code now}, quotes of open
   * runs included.
   */
  public double spentInMonthOf(String dataset, Instant now) {
    Instant from =
        ZonedDateTime.ofInstant(now, ZoneOffset.UTC)
            .withDayOfMonth(1)
            .toLocalDate()
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant();
    return find("dataset = ?1 and createdAt >= ?2 and state <> ?3", dataset, from, RunState.REFUSED)
        .stream()
        .mapToDouble(run -> run.state.isFinal() ? run.cost : run.quotedAmount)
        .sum();
  }

  /** Tokens per second of the latest finished run with this base model and provider. */
  public Optional<Double> measuredTokensPerSecond(String provider, String baseModel) {
    return find(
            "provider = ?1 and baseModel = ?2 and state = ?3 and seconds > 0",
            Sort.descending("finishedAt"),
            provider,
            baseModel,
            RunState.SUCCEEDED)
        .firstResultOptional()
        .map(run -> run.trainedTokens / run.seconds);
  }

  /** The dataset's newest run that ended with a model of this provider and base model. */
  public Optional<RunEntity> newestWithModel(String dataset, String provider, String baseModel) {
    return find(
            "dataset = ?1 and provider = ?2 and baseModel = ?3 and state = ?4 and model is not null",
            Sort.descending("finishedAt"),
            dataset,
            provider,
            baseModel,
            RunState.SUCCEEDED)
        .firstResultOptional();
  }

  /** The dataset's runs that ended with a model which may still be gone on from, newest first. */
  public List<RunEntity> withModel(String dataset) {
    return find(
            "dataset = ?1 and state = ?2 and model is not null",
            Sort.descending("finishedAt"),
            dataset,
            RunState.SUCCEEDED)
        .list();
  }

  /** Ids of the runs to which nothing will happen any more. */
  public List<String> ended() {
    return list("state not in (?1, ?2)", RunState.QUEUED, RunState.RUNNING).stream()
        .map(run -> run.id)
        .toList();
  }

  /** Runs of the dataset that nobody has started yet. */
  public List<RunEntity> queued(String dataset) {
    return find("dataset = ?1 and state = ?2", dataset, RunState.QUEUED).list();
  }

  /**
   * Claims the oldest run that waits, or whose worker has been silent for longer than its lease.
   * Two workers never get the same one: the row is locked and skipped by the other.
   */
  public Optional<RunEntity> claim(String worker, Instant now, Instant leaseUntil) {
    Optional<RunEntity> run =
        find(
                "(state = ?1 and notBefore <= ?2) or (state = ?3 and leaseUntil < ?2)",
                Sort.ascending("createdAt"),
                RunState.QUEUED,
                now,
                RunState.RUNNING)
            .withLock(LockModeType.PESSIMISTIC_WRITE)
            .withHint("jakarta.persistence.lock.timeout", -2)
            .firstResultOptional();
    run.ifPresent(
        claimed -> {
          claimed.state = RunState.RUNNING;
          claimed.claimedBy = worker;
          claimed.leaseUntil = leaseUntil;
          claimed.attempt++;
          if (claimed.startedAt == null) {
            claimed.startedAt = now;
          }
        });
    return run;
  }

  /** Runs that gave a model and started from this one. */
  public List<RunEntity> continuedFrom(String dataset, String modelId) {
    return find(
            "dataset = ?1 and startModelId = ?2 and modelId is not null",
            Sort.ascending("createdAt"),
            dataset,
            modelId)
        .list();
  }

  /** Runs over this version that gave a model. */
  public List<RunEntity> succeeded(String dataset, String version) {
    return find(
            "dataset = ?1 and version = ?2 and modelId is not null",
            Sort.ascending("createdAt"),
            dataset,
            version)
        .list();
  }
}
