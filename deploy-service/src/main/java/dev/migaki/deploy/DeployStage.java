package dev.migaki.deploy;

import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.ModelDeployed;
import dev.migaki.contracts.Event.ModelEvaluated;
import dev.migaki.deploy.persistence.AliasEntity;
import dev.migaki.deploy.persistence.AliasRepository;
import dev.migaki.deploy.persistence.ModelEntity;
import dev.migaki.deploy.persistence.ModelRepository;
import dev.migaki.deploy.persistence.StoredEvents;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;

/**
 * A judged model comes in and goes into the registry; if its verdict is to promote it, the
 * dataset's alias answers with it from now on and the model before it stays ready. Requests in
 * flight keep the model that they began with.
 */
@ApplicationScoped
public class DeployStage implements EventHandler {
  private static final String PROMOTE = "promote";

  private final ModelRepository models;
  private final AliasRepository aliases;
  private final StoredEvents events;
  private final Clock clock;

  DeployStage(ModelRepository models, AliasRepository aliases, StoredEvents events, Clock clock) {
    this.models = models;
    this.aliases = aliases;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
    if (!(event instanceof ModelEvaluated evaluated)) {
      return StageOutcome.ignored("other-event");
    }
    register(evaluated);
    if (!evaluated.verdict().equals(PROMOTE)) {
      return StageOutcome.handled("not-promoted");
    }
    AliasEntity alias = pointAt(evaluated);
    return StageOutcome.handled(
        "deployed",
        new ModelDeployed(
            evaluated.dataset(),
            alias.name,
            alias.modelId,
            alias.previousModelId,
            evaluated.version(),
            alias.reason));
  }

  private AliasEntity pointAt(ModelEvaluated evaluated) {
    AliasEntity known = aliases.findById(evaluated.dataset());
    AliasEntity alias = known == null ? new AliasEntity() : known;
    if (!evaluated.modelId().equals(alias.modelId)) {
      alias.previousModelId = alias.modelId;
      alias.modelId = evaluated.modelId();
    }
    alias.reason = "the evaluation's verdict is to promote it";
    alias.changedAt = clock.instant();
    if (known == null) {
      alias.name = evaluated.dataset();
      aliases.persist(alias);
    }
    return alias;
  }

  private void register(ModelEvaluated evaluated) {
    if (models.findByIdOptional(evaluated.modelId()).isPresent()) {
      return;
    }
    ModelEntity model = new ModelEntity();
    model.id = evaluated.modelId();
    model.dataset = evaluated.dataset();
    model.version = evaluated.version();
    model.versionNumber = evaluated.versionNumber();
    model.baseModel = evaluated.baseModel();
    model.verdict = evaluated.verdict();
    model.evaluated = events.write(evaluated);
    model.createdAt = clock.instant();
    models.persist(model);
  }
}
