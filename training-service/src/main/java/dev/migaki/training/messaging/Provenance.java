package dev.migaki.training.messaging;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.Protection;
import dev.migaki.training.domain.TrainingProvider.Outcome;
import dev.migaki.training.persistence.RunEntity;
import dev.migaki.training.persistence.RunJson;
import org.jspecify.annotations.Nullable;

/**
 * Where a model comes from, so that it can be explained and made again.
 *
 * @param startModelId the model whose weights the run started from; absent for the base model's own
 * @param protection the earlier versions whose examples or weights it held on to
 * @param result what the provider reported of the run, as JSON (base model hash, steps, versions of
 *     the libraries)
 */
record Provenance(
    String modelId,
    String runId,
    String dataset,
    String version,
    int versionNumber,
    ArtifactRef manifest,
    String provider,
    String baseModel,
    @Nullable String startModelId,
    Hyperparameters hyperparameters,
    Protection protection,
    long trainedTokens,
    double seconds,
    @JsonRawValue String result) {

  static Provenance of(RunEntity run, String modelId, Outcome.Trained trained, RunJson json) {
    return new Provenance(
        modelId,
        run.id,
        run.dataset,
        run.version,
        run.versionNumber,
        json.artifact(run.manifest),
        run.provider,
        run.baseModel,
        run.startModelId,
        json.hyperparameters(run.hyperparameters),
        json.protection(run.protection),
        trained.trainedTokens(),
        trained.seconds(),
        trained.resultJson());
  }
}
