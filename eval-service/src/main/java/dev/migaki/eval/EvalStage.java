package dev.migaki.eval;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DocumentErased;
import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.eval.domain.EvaluationFiles;
import dev.migaki.eval.domain.EvaluationState;
import dev.migaki.eval.persistence.EvaluationEntity;
import dev.migaki.eval.persistence.EvaluationRepository;
import dev.migaki.eval.persistence.StoredEvents;
import dev.migaki.eval.persistence.StoredRefs;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trained model comes in and is put on the list of models to judge. Asking it hundreds of
 * questions takes longer than a record handler may, so a worker does that and publishes the
 * verdict.
 */
@ApplicationScoped
public class EvalStage implements EventHandler {
  private final EvaluationRepository evaluations;
  private final StoredEvents events;
  private final StoredRefs refs;
  private final EvaluationFiles files;
  private final Clock clock;

  EvalStage(
      EvaluationRepository evaluations,
      StoredEvents events,
      StoredRefs refs,
      EvaluationFiles files,
      Clock clock) {
    this.evaluations = evaluations;
    this.refs = refs;
    this.files = files;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
    if (event instanceof DocumentErased erased && erased.receipt() != null) {
      return forgetReports(erased, erased.receipt());
    }
    if (!(event instanceof ModelTrained trained)) {
      return StageOutcome.ignored("other-event");
    }
    if (evaluations.findByIdOptional(trained.modelId()).isPresent()) {
      return StageOutcome.ignored("known-model");
    }
    EvaluationEntity evaluation = new EvaluationEntity();
    evaluation.modelId = trained.modelId();
    evaluation.dataset = trained.dataset();
    evaluation.runId = trained.runId();
    evaluation.version = trained.version();
    evaluation.versionNumber = trained.versionNumber();
    evaluation.baseModel = trained.baseModel();
    evaluation.causeId = context.cause().id();
    evaluation.traceparent = context.cause().traceparent();
    evaluation.trained = events.write(trained);
    evaluation.state = EvaluationState.QUEUED;
    evaluation.createdAt = clock.instant();
    evaluations.persist(evaluation);
    return StageOutcome.handled("queued");
  }

  /**
   * Scorecards and reports show questions and answers of the version's test set. Those of versions
   * that held an erased document go; the verdict and its reasons stay.
   */
  private StageOutcome forgetReports(DocumentErased erased, Event.Receipt receipt) {
    List<Event.ErasedPart> removed = new ArrayList<>();
    for (Event.ErasedPart part : receipt.affected()) {
      if (!part.what().equals("version")) {
        continue;
      }
      for (EvaluationEntity evaluation :
          evaluations.ofVersion(erased.dataset(), String.valueOf(part.sha256()))) {
        forget("scorecard of " + evaluation.modelId, evaluation.scorecard, removed);
        forget("report of " + evaluation.modelId, evaluation.report, removed);
        evaluation.scorecard = null;
        evaluation.report = null;
      }
    }
    return removed.isEmpty()
        ? StageOutcome.ignored("no-report")
        : StageOutcome.handled(
            "receipt",
            new DocumentErased(
                erased.dataset(),
                erased.documentId(),
                erased.position(),
                null,
                new Event.Receipt("eval", removed, List.of(), List.of())));
  }

  private void forget(String what, @Nullable String ref, List<Event.ErasedPart> removed) {
    if (ref != null) {
      ArtifactRef artifact = refs.read(ref);
      files.forget(artifact);
      removed.add(new Event.ErasedPart(what, "artifact store", artifact.sha256(), ""));
    }
  }
}
