package dev.migaki.eval.messaging;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.EvaluationProgressed;
import dev.migaki.contracts.Event.ModelEvaluated;
import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.contracts.Event.RetrainRequested;
import dev.migaki.eval.config.EvalConfig;
import dev.migaki.eval.domain.AnsweringModel;
import dev.migaki.eval.domain.AnsweringModel.InterruptedEvaluation;
import dev.migaki.eval.domain.EvaluationFiles;
import dev.migaki.eval.domain.EvaluationState;
import dev.migaki.eval.domain.Exam;
import dev.migaki.eval.domain.Examiner;
import dev.migaki.eval.domain.GateSettings;
import dev.migaki.eval.domain.Grading;
import dev.migaki.eval.domain.LossCurve;
import dev.migaki.eval.domain.ReportPage;
import dev.migaki.eval.domain.Scorecard;
import dev.migaki.eval.persistence.EvaluationEntity;
import dev.migaki.eval.persistence.EvaluationRepository;
import dev.migaki.eval.persistence.StoredEvents;
import dev.migaki.eval.persistence.StoredRefs;
import dev.migaki.metrics.PromotionGate;
import dev.migaki.metrics.Verdict;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransactionalOutbox;
import dev.migaki.platform.stage.TransientFailure;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Claims models to judge, one at a time: asks base, base with a few-shot prompt, and tuned model
 * the same held-out questions, grades the answers and publishes the verdict with the state change
 * in one transaction. An evaluation that was interrupted is simply done again: same model, same
 * questions, same answers.
 */
@ApplicationScoped
public class EvaluationWorker {
  private static final Logger LOG = Logger.getLogger(EvaluationWorker.class);
  private static final long EXAM_SEED = 20261122;
  private static final Duration REPORT_EVERY = Duration.ofSeconds(2);

  private final EvaluationRepository evaluations;
  private final EvaluationFiles files;
  private final AnsweringModel model;
  private final GateSettings.Source gates;
  private final TransactionalOutbox outbox;
  private final StoredEvents events;
  private final StoredRefs refs;
  private final EvalConfig config;
  private final Clock clock;
  private final String worker = UUID.randomUUID().toString();
  private final AtomicBoolean shuttingDown = new AtomicBoolean();

  EvaluationWorker(
      EvaluationRepository evaluations,
      EvaluationFiles files,
      AnsweringModel model,
      GateSettings.Source gates,
      TransactionalOutbox outbox,
      StoredEvents events,
      StoredRefs refs,
      EvalConfig config,
      Clock clock) {
    this.evaluations = evaluations;
    this.files = files;
    this.model = model;
    this.gates = gates;
    this.outbox = outbox;
    this.events = events;
    this.refs = refs;
    this.config = config;
    this.clock = clock;
  }

  void stop(@Observes ShutdownEvent event) {
    shuttingDown.set(true);
  }

  /** Looks for a model to judge; an evaluation in work keeps the next look away. */
  @Scheduled(
      every = "{migaki.eval.poll-interval:1s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  void workOnNextEvaluation() {
    if (shuttingDown.get()) {
      return;
    }
    Instant now = clock.instant();
    Optional<EvaluationEntity> claimed =
        QuarkusTransaction.requiringNew()
            .call(() -> evaluations.claim(worker, now, now.plus(config.lease())));
    claimed.ifPresent(
        evaluation -> {
          if (evaluation.attempt > config.maxAttempts()) {
            fail(
                evaluation,
                "the evaluation was interrupted %d times".formatted(evaluation.attempt - 1));
            return;
          }
          GateSettings settings;
          try {
            settings = gates.of(evaluation.dataset);
          } catch (TransientFailure e) {
            waitForRecipe(evaluation, String.valueOf(e.getMessage()));
            return;
          }
          try {
            judge(evaluation, settings, now);
          } catch (PermanentFailure e) {
            fail(evaluation, String.valueOf(e.getMessage()));
          } catch (InterruptedEvaluation e) {
            LOG.warnf(
                "Evaluation interrupted, it will be done again modelId=%s datasetId=%s",
                evaluation.modelId, evaluation.dataset);
          }
        });
  }

  private void judge(EvaluationEntity evaluation, GateSettings settings, Instant started) {
    ModelTrained trained = events.read(evaluation.trained);
    Exam exam = files.exam(trained.manifest()).atMost(settings.maxQuestions(), EXAM_SEED);
    LossCurve curve = files.lossCurve(trained.metrics());
    Grading.Answers answers = ask(evaluation, trained, exam, settings);
    Scorecard card =
        new Grading(exam)
            .grade(
                new Grading.Subject(
                    trained.modelId(),
                    trained.version(),
                    trained.versionNumber(),
                    trained.baseModel()),
                answers,
                new PromotionGate.Losses(
                    curve.lastTrainLoss(), curve.lastValidationLoss(), curve.bestValidationLoss()),
                new PromotionGate(settings.thresholds()));
    ArtifactRef scorecard = files.store(card);
    ArtifactRef report = files.storeReport(new ReportPage(card, curve).html());
    finish(
        evaluation, trained, card, scorecard, report, Duration.between(started, clock.instant()));
  }

  /** What was asked and answered is gone from the disk when this ends, however it ends. */
  private Grading.Answers ask(
      EvaluationEntity evaluation, ModelTrained trained, Exam exam, GateSettings settings) {
    Path directory = directory(evaluation);
    try {
      Path modelDirectory = directory.resolve("model");
      files.unpack(trained.model(), modelDirectory);
      return new Examiner(model, exam, settings, directory)
          .ask(trained.baseModel(), modelDirectory, new Watching(evaluation));
    } finally {
      files.clear(directory);
    }
  }

  private Path directory(EvaluationEntity evaluation) {
    return config.workDirectory().resolve("evaluation-" + evaluation.runId);
  }

  private void finish(
      EvaluationEntity evaluation,
      ModelTrained trained,
      Scorecard card,
      ArtifactRef scorecard,
      ArtifactRef report,
      Duration duration) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              EvaluationEntity stored = evaluations.findById(evaluation.modelId);
              if (!worker.equals(stored.claimedBy) || stored.state != EvaluationState.RUNNING) {
                return;
              }
              stored.state = EvaluationState.DONE;
              stored.verdict = card.verdict();
              stored.reasons = String.join("\n", card.reasons());
              stored.scorecard = refs.write(scorecard);
              stored.report = refs.write(report);
              stored.seconds = duration.toMillis() / 1000.0;
              stored.finishedAt = clock.instant();
              outbox.publish(
                  new Cause(stored.causeId, stored.traceparent).step("judged"),
                  eventsOf(trained, card, scorecard, report));
            });
    LOG.infof(
        "Model judged modelId=%s datasetId=%s verdict=%s",
        evaluation.modelId, evaluation.dataset, card.verdict());
  }

  private static List<Event> eventsOf(
      ModelTrained trained, Scorecard card, ArtifactRef scorecard, ArtifactRef report) {
    List<Event> events = new ArrayList<>();
    events.add(
        new ModelEvaluated(
            trained.dataset(),
            trained.modelId(),
            trained.runId(),
            trained.version(),
            trained.versionNumber(),
            trained.baseModel(),
            card.verdict(),
            card.reasons(),
            trained.model(),
            scorecard,
            report,
            trained.provenance()));
    if (card.verdict().equals(Verdict.RETRAIN.label())) {
      events.add(
          new RetrainRequested(
              trained.dataset(),
              trained.version(),
              "the training loss was still high at the end of the run",
              Map.of("maxSeconds", "300")));
    }
    return events;
  }

  /** A model that was paid for must not be lost by a slip of the pen: others go first meanwhile. */
  private void waitForRecipe(EvaluationEntity evaluation, String message) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              EvaluationEntity stored = evaluations.findById(evaluation.modelId);
              stored.state = EvaluationState.QUEUED;
              stored.leaseUntil = clock.instant().plus(config.lease());
              stored.attempt--;
              stored.errorMessage = message;
            });
    LOG.warnf(
        "Evaluation waits modelId=%s datasetId=%s: %s",
        evaluation.modelId, evaluation.dataset, message);
  }

  private void fail(EvaluationEntity evaluation, String message) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              EvaluationEntity stored = evaluations.findById(evaluation.modelId);
              stored.state = EvaluationState.FAILED;
              stored.errorMessage = message;
              stored.finishedAt = clock.instant();
            });
    LOG.errorf(
        "Evaluation failed modelId=%s datasetId=%s: %s",
        evaluation.modelId, evaluation.dataset, message);
    files.clear(directory(evaluation)); // what an attempt left that was killed
  }

  /** Renews the claim and tells how far the examination is, now and then. */
  private final class Watching implements AnsweringModel.Watch {
    private final EvaluationEntity evaluation;
    private Instant nextRenewal = Instant.EPOCH;
    private Instant nextReport = Instant.EPOCH;
    private int told;
    private boolean lost;

    Watching(EvaluationEntity evaluation) {
      this.evaluation = evaluation;
    }

    @Override
    public boolean abandoned() {
      Instant now = clock.instant();
      if (now.isAfter(nextRenewal)) {
        nextRenewal = now.plus(config.lease().dividedBy(5));
        QuarkusTransaction.requiringNew().run(() -> renew(now));
      }
      return lost || shuttingDown.get();
    }

    private void renew(Instant now) {
      EvaluationEntity stored = evaluations.findById(evaluation.modelId);
      lost = !worker.equals(stored.claimedBy) || stored.state != EvaluationState.RUNNING;
      if (!lost) {
        stored.leaseUntil = now.plus(config.lease());
      }
    }

    @Override
    public void answered(int answered, int questions) {
      Instant now = clock.instant();
      if (answered > told && now.isAfter(nextReport)) {
        told = answered;
        nextReport = now.plus(REPORT_EVERY);
        String attempt = "attempt-" + evaluation.attempt;
        QuarkusTransaction.requiringNew()
            .run(
                () ->
                    outbox.publish(
                        new Cause(evaluation.causeId, evaluation.traceparent)
                            .step(attempt + "-answered-" + answered),
                        List.of(
                            new EvaluationProgressed(
                                evaluation.dataset, evaluation.modelId, answered, questions))));
      }
    }
  }
}
