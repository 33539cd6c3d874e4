package dev.migaki.eval;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.eval.domain.EvaluationState;
import dev.migaki.eval.persistence.EvaluationEntity;
import dev.migaki.eval.persistence.EvaluationRepository;
import dev.migaki.eval.persistence.StoredEvents;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * A trained model comes in and is put on the list of models to judge. Asking it hundreds of
 * questions takes longer than a record handler may, so a worker does that and publishes the
 * verdict.
 */
@ApplicationScoped
public class EvalStage implements EventHandler {
  private final EvaluationRepository evaluations;
  private final StoredEvents events;
  private final Clock clock;

  EvalStage(EvaluationRepository evaluations, StoredEvents events, Clock clock) {
    this.evaluations = evaluations;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
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
}
