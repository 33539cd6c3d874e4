package dev.migaki.training.persistence;

import dev.migaki.training.domain.RunState;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** One attempt to tune a base model on a dataset version. */
@Entity
@Table(name = "run")
public class RunEntity {
  @Id public String id;

  public String dataset;
  public String version;

  @Column(name = "version_number")
  public int versionNumber;

  @Enumerated(EnumType.STRING)
  public RunState state;

  public String provider;

  @Column(name = "base_model")
  public String baseModel;

  /** JSON of {@code Hyperparameters}. */
  public String hyperparameters;

  /** JSON of the manifest's {@code ArtifactRef}. */
  public String manifest;

  public String reason;

  /** Name of what led to the run, from which the ids of its events are made. */
  @Column(name = "cause_id")
  public String causeId;

  /** W3C trace context that the run's events carry on. */
  public String traceparent;

  @Column(name = "quoted_tokens")
  public long quotedTokens;

  @Column(name = "quoted_seconds")
  public double quotedSeconds;

  @Column(name = "quoted_amount")
  public double quotedAmount;

  public String currency;

  @Column(name = "price_per_million_tokens")
  public double pricePerMillionTokens;

  @Column(name = "price_per_hour")
  public double pricePerHour;

  public int attempt;

  @Column(name = "claimed_by")
  public String claimedBy;

  @Column(name = "lease_until")
  public Instant leaseUntil;

  @Column(name = "not_before")
  public Instant notBefore;

  @Column(name = "cancel_requested")
  public boolean cancelRequested;

  public int step;

  @Column(name = "total_steps")
  public int totalSteps;

  @Column(name = "train_loss")
  public Double trainLoss;

  @Column(name = "validation_loss")
  public Double validationLoss;

  @Column(name = "token_accuracy")
  public Double tokenAccuracy;

  @Column(name = "trained_tokens")
  public long trainedTokens;

  public double seconds;
  public double cost;

  @Column(name = "model_id")
  public String modelId;

  /** JSON of the model's {@code ArtifactRef}, once there is one. */
  public String model;

  /** The model whose weights the run starts from; absent when it starts from the base model. */
  @Column(name = "start_model_id")
  public String startModelId;

  /** JSON of its {@code ArtifactRef}. */
  @Column(name = "start_model")
  public String startModel;

  /** JSON of {@code Protection}; absent when there is nothing to remember. */
  public String protection;

  @Column(name = "error_code")
  public String errorCode;

  @Column(name = "error_message")
  public String errorMessage;

  @Column(name = "created_at")
  public Instant createdAt;

  @Column(name = "started_at")
  public Instant startedAt;

  @Column(name = "finished_at")
  public Instant finishedAt;
}
