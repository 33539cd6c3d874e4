package dev.migaki.ingest.domain;

/**
 * What became of one version of a document.
 *
 * <pre>
 *            ┌─▶ REJECTED
 *  arrival ──┼─▶ INGESTED ◀──▶ DUPLICATE      same bytes under two names: the smaller name is kept
 *            │      │              │
 *            │      └──▶ SUPERSEDED ◀──┘      a newer version took over
 *            └─▶ any of them ──▶ ERASED
 * </pre>
 */
public enum DocumentState {
  /** Its examples are in use. */
  INGESTED,
  /** It cannot be read; the reason is beside it. */
  REJECTED,
  /** Another document has the same bytes and stands for both. */
  DUPLICATE,
  /** A newer version of the same document is in use. */
  SUPERSEDED,
  /** Withdrawn. */
  ERASED
}
