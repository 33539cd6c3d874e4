package dev.migaki.cleanse.messaging;

import dev.migaki.cleanse.VersionSealing;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.Recipes;
import dev.migaki.cleanse.domain.UpstreamBacklog;
import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.sealing.SealPolicy;
import dev.migaki.datasets.sealing.SealPolicy.Decision;
import dev.migaki.datasets.sealing.SealPolicy.PendingChanges;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.HeldRecords;
import dev.migaki.platform.stage.TransientFailure;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks for datasets whose policy says that it is time, takes their lease and seals them. A worker
 * that dies loses its lease after a while and another one starts over; sealing is pure, so it comes
 * to the same version.
 */
@ApplicationScoped
public class SealingWorker {
  private static final Logger LOG = Logger.getLogger(SealingWorker.class);

  private final DatasetRepository datasets;
  private final Recipes recipes;
  private final UpstreamBacklog upstream;
  private final HeldRecords held;
  private final VersionSealing sealing;
  private final CleanseConfig config;
  private final Clock clock;

  /** Why a dataset is not sealed, by dataset: a warning each second would fill the log. */
  private final Map<String, String> told = new ConcurrentHashMap<>();

  private final String owner = UUID.randomUUID().toString();

  /** The dataset whose lease this worker holds. */
  private volatile @Nullable String leased;

  SealingWorker(
      DatasetRepository datasets,
      Recipes recipes,
      UpstreamBacklog upstream,
      HeldRecords held,
      VersionSealing sealing,
      CleanseConfig config,
      Clock clock) {
    this.datasets = datasets;
    this.recipes = recipes;
    this.upstream = upstream;
    this.held = held;
    this.sealing = sealing;
    this.config = config;
    this.clock = clock;
  }

  /** One round over all datasets. */
  @Scheduled(
      every = "{migaki.cleanse.seal-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void sealWhatIsDue() {
    List<DatasetEntity> changed = QuarkusTransaction.requiringNew().call(datasets::changed);
    for (DatasetEntity dataset : changed) {
      try {
        sealIfDue(dataset);
        told.remove(dataset.dataset);
      } catch (RuntimeException e) {
        // the changes stay noted: the next round tries again
        // of others the class only: a message may quote text
        String reason =
            e instanceof TransientFailure passing
                ? passing.code() + " (" + passing.getMessage() + ")"
                : e.getClass().getName();
        boolean news = !reason.equals(told.put(dataset.dataset, reason));
        LOG.logf(
            news ? Logger.Level.WARN : Logger.Level.DEBUG,
            "dataset is not sealed for now: datasetId=%s: %s",
            dataset.dataset,
            reason);
      }
    }
  }

  /** A sealing of a million examples takes longer than a lease. */
  @Scheduled(
      every = "{migaki.cleanse.lease-renewal:1m}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void renewLease() {
    String dataset = leased;
    if (dataset != null) {
      QuarkusTransaction.requiringNew()
          .run(() -> datasets.renew(dataset, owner, clock.instant().plus(config.lease())));
    }
  }

  private void sealIfDue(DatasetEntity dataset) {
    DatasetRecipe recipe = recipes.of(dataset.dataset);
    Instant now = clock.instant();
    SealPolicy policy = recipe.examples().seal();
    // first without the brokers' word: asking them every second about a dataset that waits is waste
    if (policy.decide(pending(dataset, false), now) instanceof Decision.Wait) {
      return;
    }
    boolean patient = dataset.lastChange.plus(config.patience()).isAfter(now);
    boolean expecting = !dataset.isRequested() && isExpectingMore(dataset.dataset, patient);
    if (!(policy.decide(pending(dataset, expecting), now) instanceof Decision.Seal seal)) {
      return;
    }
    boolean claimed =
        QuarkusTransaction.requiringNew()
            .call(() -> datasets.claim(dataset.dataset, owner, now, now.plus(config.lease())));
    if (!claimed) {
      return;
    }
    try {
      leased = dataset.dataset;
      LOG.infof("sealing: datasetId=%s reason=%s", dataset.dataset, seal.reason());
      sealing.seal(dataset.dataset, recipe, owner);
    } finally {
      leased = null;
      QuarkusTransaction.requiringNew().run(() -> datasets.release(dataset.dataset, owner));
    }
  }

  /** Documents that waited for the recipe, which reads by now, are about to be taken up. */
  private boolean isExpectingMore(String dataset, boolean patient) {
    Optional<ErrorCode> waiting = held.reason(dataset);
    return waiting.filter(ErrorCode.RECIPE_INVALID::equals).isPresent()
        || patient && (waiting.isPresent() || upstream.isExpectingMore());
  }

  private static PendingChanges pending(DatasetEntity dataset, boolean expecting) {
    return new PendingChanges(
        dataset.changed, dataset.firstChange, dataset.lastChange, expecting, dataset.isRequested());
  }
}
