package dev.migaki.cli.view;

import dev.migaki.contracts.Event;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One dataset as its events tell it. Events may come in any order between topics and more than
 * once; the view is the same.
 */
public final class DatasetView {
  private final String dataset;
  private final Map<String, DocumentState> documents = new TreeMap<>();
  private final Map<String, Event.DocumentCleansed> cleansed = new TreeMap<>();
  private final Map<String, Event.DatasetSealed> versions = new LinkedHashMap<>();
  private final Map<String, RunView> runs = new LinkedHashMap<>();
  private final Map<String, Event.EvaluationProgressed> examinations = new LinkedHashMap<>();
  private final Map<String, Event.ModelEvaluated> evaluations = new LinkedHashMap<>();
  private final List<Event.ModelDeployed> deployments = new ArrayList<>();
  private final List<Event.ModelRolledBack> rollbacks = new ArrayList<>();
  private int ingestedRecords;
  private int retrainRequests;

  DatasetView(String dataset) {
    this.dataset = dataset;
  }

  /** Where a document stands. */
  public sealed interface DocumentState {
    String documentId();

    String filename();

    record Ingested(String documentId, String filename, int version, String mediaType)
        implements DocumentState {}

    record Rejected(String documentId, String filename, String code, String message)
        implements DocumentState {}

    record Erased(String documentId, String filename) implements DocumentState {}
  }

  public String dataset() {
    return dataset;
  }

  /** Ordered by id. */
  public Collection<DocumentState> documents() {
    return List.copyOf(documents.values());
  }

  public long ingested() {
    return documents.values().stream().filter(DocumentState.Ingested.class::isInstance).count();
  }

  public List<DocumentState.Rejected> rejected() {
    return documents.values().stream()
        .filter(DocumentState.Rejected.class::isInstance)
        .map(DocumentState.Rejected.class::cast)
        .toList();
  }

  /** Versions of documents that were ingested: a changed document counts again. */
  public int ingestedRecords() {
    return ingestedRecords;
  }

  /** Versions of documents that were cleansed. */
  public int cleansed() {
    return cleansed.size();
  }

  /** Examples from the newest version of each document. */
  public int examples() {
    return newestCleansed().stream().mapToInt(Event.DocumentCleansed::examples).sum();
  }

  /** What was removed, by type, in the newest version of each document. */
  public Map<String, Integer> findings() {
    return sum(newestCleansed().stream().map(Event.DocumentCleansed::findings).toList());
  }

  /** Examples that were dropped, by reason. */
  public Map<String, Integer> rejects() {
    return sum(newestCleansed().stream().map(Event.DocumentCleansed::rejects).toList());
  }

  /** By number. */
  public List<Event.DatasetSealed> versions() {
    return versions.values().stream()
        .sorted(Comparator.comparingInt(Event.DatasetSealed::number))
        .toList();
  }

  public Optional<Event.DatasetSealed> newestVersion() {
    List<Event.DatasetSealed> all = versions();
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  public List<RunView> runs() {
    return List.copyOf(runs.values());
  }

  public Optional<RunView> newestRun() {
    return runs.values().stream().reduce((first, second) -> second);
  }

  /** The runs of a version, oldest first: more than one when the evaluation asked for another. */
  public List<RunView> runsOf(String version) {
    return runs.values().stream().filter(run -> run.version().equals(version)).toList();
  }

  public Optional<Event.ModelEvaluated> evaluationOf(String modelId) {
    return Optional.ofNullable(evaluations.get(modelId));
  }

  /** How far the newest examination of a model is. */
  public Optional<Event.EvaluationProgressed> examinationOf(String modelId) {
    return Optional.ofNullable(examinations.get(modelId));
  }

  public Optional<Event.ModelEvaluated> newestEvaluation() {
    return evaluations.values().stream().reduce((first, second) -> second);
  }

  public List<Event.ModelDeployed> deployments() {
    return List.copyOf(deployments);
  }

  public Optional<Event.ModelDeployed> deploymentOf(String modelId) {
    return deployments.stream().filter(deployed -> deployed.modelId().equals(modelId)).findFirst();
  }

  public List<Event.ModelRolledBack> rollbacks() {
    return List.copyOf(rollbacks);
  }

  public int retrainRequests() {
    return retrainRequests;
  }

  void apply(Event event) {
    if (event instanceof Event.DocumentIngested e) {
      ingestedRecords++;
      put(
          new DocumentState.Ingested(
              e.documentId(), e.filename(), e.documentVersion(), e.mediaType()));
    } else if (event instanceof Event.DocumentRejected e) {
      put(new DocumentState.Rejected(e.documentId(), e.filename(), e.code(), e.message()));
    } else if (event instanceof Event.DocumentErased e) {
      if (e.receipt() == null) {
        put(new DocumentState.Erased(e.documentId(), e.documentId()));
      }
    } else if (event instanceof Event.DocumentCleansed e) {
      cleansed.put(e.documentId() + "@" + e.documentVersion(), e);
    } else if (event instanceof Event.DatasetSealed e) {
      versions.put(e.version(), e);
    } else if (event instanceof Event.RetrainRequested) {
      retrainRequests++;
    } else {
      applyModelEvent(event);
    }
  }

  private void applyModelEvent(Event event) {
    if (event instanceof Event.RunQuoted e) {
      run(e.runId(), e.version()).quoted(e);
    } else if (event instanceof Event.RunStarted e) {
      run(e.runId(), e.version()).started(e);
    } else if (event instanceof Event.RunProgressed e) {
      run(e.runId(), "").progressed(e);
    } else if (event instanceof Event.RunFailed e) {
      run(e.runId(), e.version()).ended(e.code() + ": " + e.message());
    } else if (event instanceof Event.RunCancelled e) {
      run(e.runId(), e.version()).ended("cancelled: " + e.reason());
    } else if (event instanceof Event.ModelTrained e) {
      run(e.runId(), e.version()).trained(e);
    } else if (event instanceof Event.EvaluationProgressed e) {
      examinations.put(e.modelId(), e);
    } else if (event instanceof Event.ModelEvaluated e) {
      evaluations.put(e.modelId(), e);
    } else if (event instanceof Event.ModelDeployed e) {
      deployments.add(e);
    } else if (event instanceof Event.ModelRolledBack e) {
      rollbacks.add(e);
    }
  }

  private void put(DocumentState state) {
    documents.put(state.documentId(), state);
  }

  private RunView run(String runId, String version) {
    return runs.computeIfAbsent(runId, id -> new RunView(id, version));
  }

  private List<Event.DocumentCleansed> newestCleansed() {
    Map<String, Event.DocumentCleansed> newest = new TreeMap<>();
    for (Event.DocumentCleansed one : cleansed.values()) {
      newest.merge(
          one.documentId(), one, (a, b) -> a.documentVersion() >= b.documentVersion() ? a : b);
    }
    return List.copyOf(newest.values());
  }

  private static Map<String, Integer> sum(List<Map<String, Integer>> counts) {
    Map<String, Integer> sum = new TreeMap<>();
    counts.forEach(one -> one.forEach((name, count) -> sum.merge(name, count, Integer::sum)));
    return sum;
  }
}
