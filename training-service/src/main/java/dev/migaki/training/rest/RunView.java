package dev.migaki.training.rest;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.migaki.training.persistence.RunEntity;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run as the API shows it. Losses in nats per supervised token, money in {@code quote.currency}.
 *
 * @param hyperparameters as JSON, every {@code auto} decided
 */
public record RunView(
    String id,
    String dataset,
    String version,
    int versionNumber,
    String state,
    String reason,
    String provider,
    String baseModel,
    @Nullable String startModelId,
    @JsonRawValue String hyperparameters,
    QuoteView quote,
    int attempt,
    int step,
    int totalSteps,
    @Nullable Double trainLoss,
    @Nullable Double validationLoss,
    @Nullable Double tokenAccuracy,
    long trainedTokens,
    double seconds,
    double cost,
    @Nullable String modelId,
    @Nullable ErrorView error,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /** What the run was expected to take before it started. */
  public record QuoteView(long trainedTokens, double seconds, double amount, String currency) {}

  /** Why a run ended without a model, and what to do. */
  public record ErrorView(String code, String message) {}

  static RunView of(RunEntity run) {
    return new RunView(
        run.id,
        run.dataset,
        run.version,
        run.versionNumber,
        run.state.name().toLowerCase(java.util.Locale.ROOT),
        run.reason,
        run.provider,
        run.baseModel,
        run.startModelId,
        run.hyperparameters,
        new QuoteView(run.quotedTokens, run.quotedSeconds, run.quotedAmount, run.currency),
        run.attempt,
        run.step,
        run.totalSteps,
        run.trainLoss,
        run.validationLoss,
        run.tokenAccuracy,
        run.trainedTokens,
        run.seconds,
        run.cost,
        run.modelId,
        run.errorCode == null ? null : new ErrorView(run.errorCode, run.errorMessage),
        run.createdAt,
        run.startedAt,
        run.finishedAt);
  }
}
