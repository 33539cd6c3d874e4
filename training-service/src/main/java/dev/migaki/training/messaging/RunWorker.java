package dev.migaki.training.messaging;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.contracts.Event.RunCancelled;
import dev.migaki.contracts.Event.RunFailed;
import dev.migaki.contracts.Event.RunProgressed;
import dev.migaki.contracts.Event.RunStarted;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransactionalOutbox;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.Protection;
import dev.migaki.training.domain.RunState;
import dev.migaki.training.domain.TrainingFiles;
import dev.migaki.training.domain.TrainingProvider;
import dev.migaki.training.domain.TrainingProvider.Outcome;
import dev.migaki.training.domain.TrainingProvider.Progress;
import dev.migaki.training.persistence.RunEntity;
import dev.migaki.training.persistence.RunJson;
import dev.migaki.training.persistence.RunRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Claims runs and carries them out, one at a time. The claim is a row lease that is renewed while
 * the run works: a worker that dies stops renewing it, and whoever claims the run next goes on from
 * its checkpoint. Each state change and its event are one transaction.
 */
@ApplicationScoped
public class RunWorker {
  private static final Logger LOG = Logger.getLogger(RunWorker.class);

  private final RunRepository runs;
  private final TrainingFiles files;
  private final RunDirectories directories;
  private final TrainingProvider provider;
  private final TransactionalOutbox outbox;
  private final TrainingConfig config;
  private final RunJson json;
  private final Clock clock;
  private final String worker = UUID.randomUUID().toString();
  private final AtomicBoolean shuttingDown = new AtomicBoolean();

  RunWorker(
      RunRepository runs,
      TrainingFiles files,
      RunDirectories directories,
      TrainingProvider provider,
      TransactionalOutbox outbox,
      TrainingConfig config,
      RunJson json,
      Clock clock) {
    this.runs = runs;
    this.files = files;
    this.directories = directories;
    this.provider = provider;
    this.outbox = outbox;
    this.config = config;
    this.json = json;
    this.clock = clock;
  }

  void stop(@Observes ShutdownEvent event) {
    shuttingDown.set(true);
  }

  /** Looks for a run to do; a run in work keeps the next look away. */
  @Scheduled(
      every = "{migaki.training.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void workOnNextRun() {
    if (shuttingDown.get()) {
      return;
    }
    Optional<RunEntity> claimed = QuarkusTransaction.requiringNew().call(this::claim);
    claimed.ifPresent(
        run -> {
          if (run.attempt > config.maxAttempts()) {
            fail(
                run,
                "ATTEMPTS_EXHAUSTED",
                "the run was interrupted %d times%s"
                    .formatted(
                        run.attempt - 1,
                        run.errorMessage == null ? "" : ", lastly: " + run.errorMessage));
          } else {
            workUnlessImpossible(run);
          }
        });
  }

  /** A run that can never succeed ends with its reason at once instead of using up its attempts. */
  private void workUnlessImpossible(RunEntity run) {
    try {
      work(run);
    } catch (PermanentFailure e) {
      fail(run, e.code().name(), String.valueOf(e.getMessage()));
    }
  }

  private Optional<RunEntity> claim() {
    Instant now = clock.instant();
    Optional<RunEntity> run = runs.claim(worker, now, now.plus(config.lease()));
    run.ifPresent(
        claimed ->
            outbox.publish(
                cause(claimed, "started-" + claimed.attempt),
                List.of(
                    new RunStarted(
                        claimed.dataset, claimed.id, claimed.version, claimed.attempt))));
    return run;
  }

  private void work(RunEntity run) {
    LOG.infof("Run starts runId=%s datasetId=%s attempt=%d", run.id, run.dataset, run.attempt);
    Path directory = directories.of(run.id);
    ArtifactRef manifest = json.artifact(run.manifest);
    Hyperparameters hyperparameters = json.hyperparameters(run.hyperparameters);
    Optional<Path> train = files.fetch(manifest, hyperparameters.learnedFile(), directory);
    if (train.isEmpty()) {
      fail(
          run,
          "TRAIN_FILE_MISSING",
          "the version has no file '%s', or nothing is left in it"
              .formatted(hyperparameters.learnedFile()));
      return;
    }
    // the version's validation questions have one answer each: nothing to compare
    Optional<Path> validation =
        hyperparameters.prefers()
            ? Optional.empty()
            : files.fetch(manifest, "validation", directory);
    Protection protection = json.protection(run.protection);
    TrainingProvider.Job job =
        new TrainingProvider.Job(
            run.id,
            run.baseModel,
            startModel(run, directory),
            hyperparameters,
            train.get(),
            validation.orElse(null),
            protection,
            earlierFiles(protection, directory),
            directory);
    Lease lease = new Lease(run);
    Outcome outcome = provider.train(job, lease::report, lease::isLost);
    if (outcome instanceof Outcome.Trained trained) {
      succeed(run, trained);
    } else if (outcome instanceof Outcome.Failed failed) {
      fail(run, failed.code(), failed.message());
    } else if (outcome instanceof Outcome.Cancelled && lease.cancelRequested) {
      cancel(run);
    } else {
      release(run, outcome instanceof Outcome.Interrupted hit ? hit.message() : null);
      LOG.warnf(
          "Run interrupted, it will be claimed again runId=%s datasetId=%s", run.id, run.dataset);
    }
  }

  /** In the order of versions; one that has no training file has nothing to remember. */
  private List<Path> earlierFiles(Protection protection, Path directory) {
    return protection.earlier().stream()
        .map(
            earlier ->
                files.fetch(
                    earlier.manifest(), "train", directory.resolve("earlier-" + earlier.version())))
        .flatMap(Optional::stream)
        .toList();
  }

  /** The weights to start from, unpacked once; a run that is claimed again finds them there. */
  private @Nullable Path startModel(RunEntity run, Path directory) {
    if (run.startModel == null) {
      return null;
    }
    return files.fetchDirectory(json.artifact(run.startModel), directory.resolve("start"));
  }

  private static Cause cause(RunEntity run, String step) {
    return new Cause(run.causeId, run.traceparent).step(run.id + "-" + step);
  }

  private void succeed(RunEntity run, Outcome.Trained trained) {
    ArtifactRef model =
        files.storeDirectory(trained.modelDirectory(), "application/vnd.migaki.adapter+zip");
    ArtifactRef metrics = files.storeFile(trained.metricsFile(), "application/x-ndjson");
    double cost =
        trained.trainedTokens() / 1e6 * run.pricePerMillionTokens
            + trained.seconds() / 3600 * run.pricePerHour;
    String modelId =
        "ft:%s:migaki:%s:%s"
            .formatted(
                run.baseModel,
                run.dataset,
                run.id.substring(run.id.indexOf('-') + 1).substring(0, 8));
    String provenance = json.write(Provenance.of(run, modelId, trained, json));
    ArtifactRef provenanceRef = files.storeText(provenance, "application/json");
    end(
        run,
        stored -> {
          stored.state = RunState.SUCCEEDED;
          stored.errorMessage = null;
          stored.modelId = modelId;
          stored.model = json.write(model);
          stored.trainedTokens = trained.trainedTokens();
          stored.seconds = trained.seconds();
          stored.cost = cost;
          stored.trainLoss = trained.trainLoss();
          stored.validationLoss = trained.validationLoss();
          stored.step = trained.steps();
          stored.totalSteps = trained.steps();
          stored.finishedAt = clock.instant();
          return new ModelTrained(
              stored.dataset,
              stored.id,
              modelId,
              stored.version,
              stored.versionNumber,
              stored.baseModel,
              json.hyperparameters(stored.hyperparameters).method(),
              trained.trainedTokens(),
              trained.seconds(),
              cost,
              stored.currency,
              trained.trainLoss(),
              trained.validationLoss(),
              model,
              provenanceRef,
              json.artifact(stored.manifest),
              metrics);
        });
    LOG.infof("Run succeeded runId=%s datasetId=%s modelId=%s", run.id, run.dataset, modelId);
  }

  private void fail(RunEntity run, String code, String message) {
    end(
        run,
        stored -> {
          stored.state = RunState.FAILED;
          stored.errorCode = code;
          stored.errorMessage = message;
          stored.finishedAt = clock.instant();
          return new RunFailed(stored.dataset, stored.id, stored.version, code, message);
        });
    LOG.errorf("Run failed runId=%s datasetId=%s errorCode=%s", run.id, run.dataset, code);
  }

  /**
   * Gives an interrupted run free at once instead of letting its lease run out.
   *
   * @param message what interrupted it, kept until another attempt succeeds or none is left
   */
  private void release(RunEntity run, @Nullable String message) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              RunEntity stored = runs.findById(run.id);
              if (worker.equals(stored.claimedBy) && stored.state == RunState.RUNNING) {
                stored.leaseUntil = clock.instant();
                stored.errorMessage = message;
              }
            });
  }

  private void cancel(RunEntity run) {
    end(
        run,
        stored -> {
          stored.state = RunState.CANCELLED;
          stored.finishedAt = clock.instant();
          return new RunCancelled(
              stored.dataset, stored.id, stored.version, "cancelled on request");
        });
  }

  /** Ends the run if it is still ours; then only its log is left in its directory. */
  private void end(RunEntity run, Function<RunEntity, Event> change) {
    if (inOwnTransaction(run, "ended", change)) {
      directories.clear(run.id);
    }
  }

  /** Changes the stored run and publishes, if the run is still ours. */
  private boolean inOwnTransaction(RunEntity run, String step, Function<RunEntity, Event> change) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              RunEntity stored = runs.findById(run.id);
              boolean ours = worker.equals(stored.claimedBy) && stored.state == RunState.RUNNING;
              if (ours) {
                outbox.publish(cause(stored, step), List.of(change.apply(stored)));
              }
              return ours;
            });
  }

  /** The hold on a claimed run: renewed with each look, and reported through. */
  private final class Lease {
    private final RunEntity run;
    private Instant nextRenewal = Instant.EPOCH;
    private Instant nextReport = Instant.EPOCH;
    private boolean lost;
    private boolean cancelRequested;

    Lease(RunEntity run) {
      this.run = run;
    }

    boolean isLost() {
      Instant now = clock.instant();
      if (now.isAfter(nextRenewal)) {
        nextRenewal = now.plus(config.lease().dividedBy(5));
        renew(now);
      }
      return lost || shuttingDown.get();
    }

    private void renew(Instant now) {
      QuarkusTransaction.requiringNew()
          .run(
              () -> {
                RunEntity stored = runs.findById(run.id);
                if (!worker.equals(stored.claimedBy) || stored.state != RunState.RUNNING) {
                  lost = true;
                  return;
                }
                cancelRequested = stored.cancelRequested;
                lost = cancelRequested;
                stored.leaseUntil = now.plus(config.lease());
              });
    }

    void report(Progress progress) {
      Instant now = clock.instant();
      if (now.isBefore(nextReport) && progress.validationLoss() == null) {
        return;
      }
      nextReport = now.plus(config.progressInterval());
      inOwnTransaction(
          run,
          "step-"
              + run.attempt
              + "-"
              + progress.step()
              + (progress.validationLoss() == null ? "" : "v"),
          stored -> {
            stored.step = progress.step();
            // a run bounded by time does not know its length before it has measured its speed
            stored.totalSteps = Math.max(progress.totalSteps(), progress.step());
            stored.trainLoss =
                progress.trainLoss() == null ? stored.trainLoss : progress.trainLoss();
            stored.validationLoss =
                progress.validationLoss() == null
                    ? stored.validationLoss
                    : progress.validationLoss();
            stored.tokenAccuracy =
                progress.tokenAccuracy() == null ? stored.tokenAccuracy : progress.tokenAccuracy();
            stored.trainedTokens = progress.trainedTokens();
            stored.seconds = progress.elapsedSeconds();
            stored.leaseUntil = now.plus(config.lease());
            return new RunProgressed(
                stored.dataset,
                stored.id,
                progress.step(),
                stored.totalSteps,
                progress.epoch(),
                stored.trainLoss,
                stored.tokenAccuracy,
                stored.validationLoss,
                progress.trainedTokens(),
                progress.elapsedSeconds());
          });
    }
  }
}
