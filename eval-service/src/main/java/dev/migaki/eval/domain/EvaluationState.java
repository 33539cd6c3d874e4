package dev.migaki.eval.domain;

/**
 * Where an evaluation is: {@code QUEUED → RUNNING → DONE}, or {@code FAILED} when it cannot be done
 * at all.
 */
public enum EvaluationState {
  QUEUED,
  RUNNING,
  DONE,
  FAILED
}
