package dev.migaki.contracts;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The kinds of events: the CloudEvents type of each, the topic that carries it and the record that
 * it is read into.
 */
public enum EventType {
  DOCUMENT_UNPACKED("migaki.document.unpacked.v1", Topics.INGEST, Event.DocumentUnpacked.class),
  DOCUMENT_INGESTED("migaki.document.ingested.v1", Topics.DOCUMENTS, Event.DocumentIngested.class),
  DOCUMENT_REJECTED("migaki.document.rejected.v1", Topics.DOCUMENTS, Event.DocumentRejected.class),
  DOCUMENT_ERASED("migaki.document.erased.v1", Topics.DOCUMENTS, Event.DocumentErased.class),
  DOCUMENT_CLEANSED("migaki.document.cleansed.v1", Topics.EXAMPLES, Event.DocumentCleansed.class),
  DATASET_SEALED("migaki.dataset.sealed.v1", Topics.DATASETS, Event.DatasetSealed.class),
  RETRAIN_REQUESTED(
      "migaki.dataset.retrain-requested.v1", Topics.DATASETS, Event.RetrainRequested.class),
  RUN_QUOTED("migaki.run.quoted.v1", Topics.RUNS, Event.RunQuoted.class),
  RUN_STARTED("migaki.run.started.v1", Topics.RUNS, Event.RunStarted.class),
  RUN_PROGRESSED("migaki.run.progressed.v1", Topics.RUNS, Event.RunProgressed.class),
  RUN_FAILED("migaki.run.failed.v1", Topics.RUNS, Event.RunFailed.class),
  RUN_CANCELLED("migaki.run.cancelled.v1", Topics.RUNS, Event.RunCancelled.class),
  MODEL_TRAINED("migaki.model.trained.v1", Topics.MODELS, Event.ModelTrained.class),
  EVALUATION_PROGRESSED(
      "migaki.evaluation.progressed.v1", Topics.EVALUATIONS, Event.EvaluationProgressed.class),
  MODEL_EVALUATED("migaki.model.evaluated.v1", Topics.EVALUATIONS, Event.ModelEvaluated.class),
  MODEL_DEPLOYED("migaki.model.deployed.v1", Topics.DEPLOYMENTS, Event.ModelDeployed.class),
  CANARY_ADVANCED(
      "migaki.model.canary-advanced.v1", Topics.DEPLOYMENTS, Event.CanaryAdvanced.class),
  MODEL_ROLLED_BACK("migaki.model.rolled-back.v1", Topics.DEPLOYMENTS, Event.ModelRolledBack.class),
  MODEL_RETIRED("migaki.model.retired.v1", Topics.DEPLOYMENTS, Event.ModelRetired.class);

  private static final Map<String, EventType> BY_NAME =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventType::wireName, Function.identity()));
  private static final Map<Class<? extends Event>, EventType> BY_RECORD =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(EventType::record, Function.identity()));

  private final String wireName;
  private final String topic;
  private final Class<? extends Event> record;

  EventType(String wireName, String topic, Class<? extends Event> record) {
    this.wireName = wireName;
    this.topic = topic;
    this.record = record;
  }

  /** The CloudEvents {@code type}, which ends in the version of the contract. */
  public String wireName() {
    return wireName;
  }

  /** The topic that carries events of this type. */
  public String topic() {
    return topic;
  }

  /** The record that holds the data of this type. */
  public Class<? extends Event> record() {
    return record;
  }

  /** The type with this CloudEvents name, or empty when this version of Migaki does not know it. */
  public static Optional<EventType> named(String wireName) {
    return Optional.ofNullable(BY_NAME.get(wireName));
  }

  /** The type of an event. */
  public static EventType of(Event event) {
    return requireNonNull(BY_RECORD.get(event.getClass()), "every event record has a type");
  }
}
