package dev.migaki.eval.rest;

import dev.migaki.eval.persistence.EvaluationEntity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** An evaluation as the API shows it. */
public record EvaluationView(
    String modelId,
    String dataset,
    String runId,
    String version,
    int versionNumber,
    String state,
    @Nullable String verdict,
    List<String> reasons,
    @Nullable String error,
    double seconds,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  static EvaluationView of(EvaluationEntity evaluation) {
    return new EvaluationView(
        evaluation.modelId,
        evaluation.dataset,
        evaluation.runId,
        evaluation.version,
        evaluation.versionNumber,
        evaluation.state.name().toLowerCase(Locale.ROOT),
        evaluation.verdict,
        evaluation.reasons == null ? List.of() : List.of(evaluation.reasons.split("\n")),
        evaluation.errorMessage,
        evaluation.seconds,
        evaluation.createdAt,
        evaluation.finishedAt);
  }
}
