package dev.migaki.eval.persistence;

import dev.migaki.eval.domain.EvaluationState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The judging of one model. */
@Entity
@Table(name = "evaluation")
public class EvaluationEntity {
  @Id
  @Column(name = "model_id")
  public String modelId;

  public String dataset;

  @Column(name = "run_id")
  public String runId;

  public String version;

  @Column(name = "version_number")
  public int versionNumber;

  @Column(name = "base_model")
  public String baseModel;

  /** Name of what led to the evaluation, from which the ids of its events are made. */
  @Column(name = "cause_id")
  public String causeId;

  /** W3C trace context that the evaluation's events carry on. */
  public String traceparent;

  /** JSON of the {@code ModelTrained} event. */
  public String trained;

  @Enumerated(EnumType.STRING)
  public EvaluationState state;

  public int attempt;

  @Column(name = "claimed_by")
  public String claimedBy;

  @Column(name = "lease_until")
  public Instant leaseUntil;

  public String verdict;

  /** Reasons, one a line. */
  public String reasons;

  /** JSON of the scorecard's {@code ArtifactRef}. */
  public String scorecard;

  /** JSON of the report's {@code ArtifactRef}. */
  public String report;

  @Column(name = "error_message")
  public String errorMessage;

  public double seconds;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "finished_at")
  public Instant finishedAt;
}
