package dev.migaki.deploy;

import dev.migaki.contracts.Event.ModelRolledBack;
import dev.migaki.deploy.domain.ChatModels;
import dev.migaki.deploy.domain.ChatModels.ModelSource;
import dev.migaki.deploy.persistence.AliasEntity;
import dev.migaki.deploy.persistence.AliasRepository;
import dev.migaki.deploy.persistence.ModelRepository;
import dev.migaki.deploy.persistence.StoredEvents;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.TransactionalOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Finds the model behind a name, and takes an alias back to the model before. */
@ApplicationScoped
public class Registry {
  private final ModelRepository models;
  private final AliasRepository aliases;
  private final StoredEvents events;
  private final ChatModels chatModels;
  private final TransactionalOutbox outbox;
  private final Clock clock;

  Registry(
      ModelRepository models,
      AliasRepository aliases,
      StoredEvents events,
      ChatModels chatModels,
      TransactionalOutbox outbox,
      Clock clock) {
    this.models = models;
    this.aliases = aliases;
    this.events = events;
    this.chatModels = chatModels;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** The model that a name stands for: an alias, an {@code ft:} id, or a base model. */
  @Transactional
  public Optional<ModelSource> resolve(String name) {
    AliasEntity alias = aliases.findById(name);
    Optional<ModelSource> tuned =
        models
            .findByIdOptional(alias == null ? name : alias.modelId)
            .map(
                model ->
                    new ModelSource(
                        model.id, model.baseModel, events.read(model.evaluated).model()));
    if (tuned.isPresent()) {
      return tuned;
    }
    return chatModels.baseModels().contains(name)
        ? Optional.of(new ModelSource(name, name, null))
        : Optional.empty();
  }

  /**
   * Lets the model before answer again; the two change places, so a second call undoes the first.
   *
   * @return the alias afterwards, or empty when there is no such alias or no model before
   */
  @Transactional
  public Optional<AliasEntity> rollBack(String name, String reason) {
    AliasEntity alias = aliases.findById(name);
    if (alias == null || alias.previousModelId == null) {
      return Optional.empty();
    }
    String from = alias.modelId;
    alias.modelId = alias.previousModelId;
    alias.previousModelId = from;
    alias.reason = reason;
    alias.changedAt = clock.instant();
    outbox.publish(
        Cause.root("rollback-" + name + "-" + alias.changedAt),
        List.of(new ModelRolledBack(name, name, from, alias.modelId, reason)));
    return Optional.of(alias);
  }
}
