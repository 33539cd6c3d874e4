package dev.migaki.contracts;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a dataset, as the stages tell each other. Payloads are small facts and
 * {@link ArtifactRef}s; document text, prompts, completions and keys never travel in an event.
 *
 * <p>The wire form is CloudEvents 1.0 in binary mode: the attributes in {@code ce_*} headers, this
 * record as the JSON value, the dataset as the key. Within a version of a type changes are additive
 * only.
 */
public sealed interface Event {

  /** Name of the dataset; the key of the record, so order holds per dataset. */
  String dataset();

  /**
   * A document was taken out of an archive and is stored; it waits to be read. Ingest tells itself,
   * through the front door, so that these documents keep their place among the others.
   *
   * @param container the archive's document id
   */
  record DocumentUnpacked(String dataset, String documentId, int documentVersion, String container)
      implements Event {
    public DocumentUnpacked {
      requireText(dataset, "dataset");
      requireText(documentId, "documentId");
      requireText(container, "container");
      if (documentVersion < 1) {
        throw new IllegalArgumentException(
            "documentVersion must be 1 or more but is " + documentVersion);
      }
    }
  }

  /**
   * A document was accepted: its bytes and its parsed form are stored. {@code documentVersion}
   * counts from 1.
   */
  record DocumentIngested(
      String dataset,
      String documentId,
      int documentVersion,
      String filename,
      String mediaType,
      @Nullable String language,
      @Nullable String source,
      ArtifactRef original,
      ArtifactRef parsed,
      Position position)
      implements Event {
    public DocumentIngested {
      requireText(dataset, "dataset");
      requireText(documentId, "documentId");
      requireNonNull(filename, "filename");
      requireNonNull(mediaType, "mediaType");
      requireNonNull(original, "original");
      requireNonNull(parsed, "parsed");
      requireNonNull(position, "position");
      if (documentVersion < 1) {
        throw new IllegalArgumentException(
            "documentVersion must be 1 or more but is " + documentVersion);
      }
    }
  }

  /** A document cannot be used; {@code message} says why in words for the person who dropped it. */
  record DocumentRejected(
      String dataset,
      String documentId,
      String filename,
      String code,
      String message,
      Position position)
      implements Event {
    public DocumentRejected {
      requireText(dataset, "dataset");
      requireText(documentId, "documentId");
      requireNonNull(filename, "filename");
      requireText(code, "code");
      requireText(message, "message");
      requireNonNull(position, "position");
    }
  }

  /**
   * A document was withdrawn. Without a receipt: everything made from it has to go. With one: what
   * the stage that tells it has removed; each stage that held something tells its own.
   *
   * @param replacedBy the document that stands for the same content from now on; set when nobody
   *     asked for an erasure, so that sealed versions stay as they are
   */
  record DocumentErased(
      String dataset,
      String documentId,
      Position position,
      @Nullable String replacedBy,
      @Nullable Receipt receipt)
      implements Event {
    public DocumentErased {
      requireText(dataset, "dataset");
      requireText(documentId, "documentId");
      requireNonNull(position, "position");
    }

    /** The order to erase. */
    public DocumentErased(String dataset, String documentId, Position position) {
      this(dataset, documentId, position, null, null);
    }
  }

  /**
   * What one stage did about a withdrawn document: hashes and counts, never text.
   *
   * @param stage that held something of the document
   * @param removed what is gone
   * @param kept what stays, each with the reason: others need the same content
   * @param affected what was made with the document before, such as versions and models
   */
  record Receipt(
      String stage, List<ErasedPart> removed, List<ErasedPart> kept, List<ErasedPart> affected) {
    public Receipt {
      requireText(stage, "stage");
      removed = List.copyOf(removed);
      kept = List.copyOf(kept);
      affected = List.copyOf(affected);
    }
  }

  /**
   * One place of a {@link Receipt}.
   *
   * @param what such as {@code original}, {@code examples}, {@code train of version 3}
   * @param where the store, table or model
   * @param sha256 of the content, null for rows
   * @param note how many, or why
   */
  record ErasedPart(String what, String where, @Nullable String sha256, String note) {
    public ErasedPart {
      requireText(what, "what");
      requireText(where, "where");
      requireNonNull(note, "note");
    }
  }

  /**
   * A document went through cleansing: what was found, what came out, what was dropped and why
   * (counts only).
   */
  record DocumentCleansed(
      String dataset,
      String documentId,
      int documentVersion,
      int examples,
      Map<String, Integer> findings,
      Map<String, Integer> rejects,
      ArtifactRef examplesFile)
      implements Event {
    public DocumentCleansed {
      requireText(dataset, "dataset");
      requireText(documentId, "documentId");
      requireNonNull(examplesFile, "examplesFile");
      findings = sorted(findings);
      rejects = sorted(rejects);
    }
  }

  /**
   * A dataset version was sealed. {@code version} is the SHA-256 of its content: same examples,
   * same version. {@code number} counts the versions of the dataset from 1. {@code preferencePairs}
   * is what method dpo can learn from; earlier releases did not count it.
   */
  record DatasetSealed(
      String dataset,
      String version,
      int number,
      int trainExamples,
      int validationExamples,
      int testExamples,
      int edgeExamples,
      long trainTokens,
      int documents,
      Map<String, Integer> findings,
      ArtifactRef manifest,
      @Nullable Integer preferencePairs)
      implements Event {
    public DatasetSealed {
      requireText(dataset, "dataset");
      requireText(version, "version");
      requireNonNull(manifest, "manifest");
      findings = sorted(findings);
    }
  }

  /** Evaluation asks for another run of a version with other hyperparameters. */
  record RetrainRequested(
      String dataset, String version, String reason, Map<String, String> hyperparameters)
      implements Event {
    public RetrainRequested {
      requireText(dataset, "dataset");
      requireText(version, "version");
      requireText(reason, "reason");
      hyperparameters = Map.copyOf(new TreeMap<>(hyperparameters));
    }
  }

  /**
   * What a run will cost before anything is spent. {@code amount} is in {@code currency} (ISO
   * 4217).
   */
  record RunQuoted(
      String dataset,
      String runId,
      String version,
      String provider,
      String baseModel,
      long trainedTokens,
      double estimatedSeconds,
      double amount,
      String currency,
      boolean withinBudget,
      @Nullable Map<String, String> hyperparameters)
      implements Event {
    public RunQuoted {
      requireText(dataset, "dataset");
      requireText(runId, "runId");
      requireText(version, "version");
      requireText(provider, "provider");
      requireText(baseModel, "baseModel");
      requireText(currency, "currency");
      hyperparameters = hyperparameters == null ? null : Map.copyOf(new TreeMap<>(hyperparameters));
    }
  }

  /**
   * A worker claimed the run; {@code attempt} counts from 1 (2 and more: resumed from a
   * checkpoint).
   */
  record RunStarted(String dataset, String runId, String version, int attempt) implements Event {
    public RunStarted {
      requireText(dataset, "dataset");
      requireText(runId, "runId");
      requireText(version, "version");
    }
  }

  /** Where a run is. Losses are mean negative log-likelihoods per supervised token in nats. */
  record RunProgressed(
      String dataset,
      String runId,
      int step,
      int totalSteps,
      double epoch,
      @Nullable Double trainLoss,
      @Nullable Double tokenAccuracy,
      @Nullable Double validationLoss,
      long trainedTokens,
      double elapsedSeconds)
      implements Event {
    public RunProgressed {
      requireText(dataset, "dataset");
      requireText(runId, "runId");
    }
  }

  /** A run ended without a model; {@code code} is bounded, {@code message} says what to do. */
  record RunFailed(String dataset, String runId, String version, String code, String message)
      implements Event {
    public RunFailed {
      requireText(dataset, "dataset");
      requireText(runId, "runId");
      requireText(code, "code");
      requireText(message, "message");
    }
  }

  /** A run was cancelled by a person or a policy. */
  record RunCancelled(String dataset, String runId, String version, String reason)
      implements Event {
    public RunCancelled {
      requireText(dataset, "dataset");
      requireText(runId, "runId");
      requireText(reason, "reason");
    }
  }

  /**
   * A run ended with a model. {@code modelId} has OpenAI's form {@code ft:base:migaki:dataset:id}.
   */
  record ModelTrained(
      String dataset,
      String runId,
      String modelId,
      String version,
      int versionNumber,
      String baseModel,
      String method,
      long trainedTokens,
      double seconds,
      double cost,
      String currency,
      @Nullable Double trainLoss,
      @Nullable Double validationLoss,
      ArtifactRef model,
      ArtifactRef provenance,
      ArtifactRef manifest,
      ArtifactRef metrics)
      implements Event {
    public ModelTrained {
      requireText(dataset, "dataset");
      requireText(runId, "runId");
      requireText(modelId, "modelId");
      requireText(version, "version");
      requireText(baseModel, "baseModel");
      requireText(method, "method");
      requireNonNull(model, "model");
      requireNonNull(provenance, "provenance");
      requireNonNull(manifest, "manifest");
      requireNonNull(metrics, "metrics");
    }
  }

  /** Where an examination is: each question is put to the base and to the tuned model. */
  record EvaluationProgressed(String dataset, String modelId, int answered, int questions)
      implements Event {
    public EvaluationProgressed {
      requireText(dataset, "dataset");
      requireText(modelId, "modelId");
    }
  }

  /** A model was judged. {@code verdict} is one of promote, hold, retrain, prompt-instead. */
  record ModelEvaluated(
      String dataset,
      String modelId,
      String runId,
      String version,
      int versionNumber,
      String baseModel,
      String verdict,
      List<String> reasons,
      ArtifactRef model,
      ArtifactRef scorecard,
      ArtifactRef report,
      ArtifactRef provenance)
      implements Event {
    public ModelEvaluated {
      requireText(dataset, "dataset");
      requireText(modelId, "modelId");
      requireText(verdict, "verdict");
      reasons = List.copyOf(reasons);
      requireNonNull(model, "model");
      requireNonNull(scorecard, "scorecard");
      requireNonNull(report, "report");
      requireNonNull(provenance, "provenance");
    }
  }

  /** The alias (the dataset's name) now answers with this model. */
  record ModelDeployed(
      String dataset,
      String alias,
      String modelId,
      @Nullable String previousModelId,
      String version,
      String reason)
      implements Event {
    public ModelDeployed {
      requireText(dataset, "dataset");
      requireText(alias, "alias");
      requireText(modelId, "modelId");
      requireText(reason, "reason");
    }
  }

  /**
   * The share of conversations that the candidate answers changed; {@code weightPercent} 0..100.
   */
  record CanaryAdvanced(
      String dataset, String alias, String modelId, int weightPercent, String reason)
      implements Event {
    public CanaryAdvanced {
      requireText(dataset, "dataset");
      requireText(alias, "alias");
      requireText(modelId, "modelId");
      requireText(reason, "reason");
    }
  }

  /** The alias went back to an earlier model. */
  record ModelRolledBack(
      String dataset, String alias, String fromModelId, String toModelId, String reason)
      implements Event {
    public ModelRolledBack {
      requireText(dataset, "dataset");
      requireText(alias, "alias");
      requireText(fromModelId, "fromModelId");
      requireText(toModelId, "toModelId");
      requireText(reason, "reason");
    }
  }

  /** A model can no longer be called. */
  record ModelRetired(String dataset, String modelId, String reason) implements Event {
    public ModelRetired {
      requireText(dataset, "dataset");
      requireText(modelId, "modelId");
      requireText(reason, "reason");
    }
  }

  /**
   * Where on the ingest topic a document came from; what a dataset version covers is a set of
   * these.
   */
  record Position(String topic, int partition, long offset) {
    public Position {
      requireText(topic, "topic");
    }
  }

  private static void requireText(String value, String name) {
    if (requireNonNull(value, name).isBlank()) {
      throw new IllegalArgumentException(name + " must not be blank");
    }
  }

  private static Map<String, Integer> sorted(Map<String, Integer> counts) {
    return java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
  }
}
