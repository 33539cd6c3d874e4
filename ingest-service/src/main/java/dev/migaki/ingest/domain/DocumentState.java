package dev.migaki.ingest.domain;

/**
 * What became of one version of a document.
 *
 * <pre>
 *            ┌─▶ REJECTED
 *  arrival ──┼─▶ INGESTED ◀──▶ DUPLICATE      same bytes under two names: the smaller name is kept
 *     ▲      │      │              │
 *     │      │      └──▶ SUPERSEDED ◀──┘      a newer version took over
 *  RECEIVED ◀┼── UNPACKED ──────▲              an archive and each of its files
 *            └─▶ any of them ──▶ ERASED
 * </pre>
 */
public enum DocumentState {
  /** Its examples are in use. */
  INGESTED,
  /** It came in an archive and waits to be read. */
  RECEIVED,
  /** An archive; its files are documents of their own. */
  UNPACKED,
  /** It cannot be read; the reason is beside it. */
  REJECTED,
  /** Another document has the same bytes and stands for both. */
  DUPLICATE,
  /** A newer version of the same document is in use. */
  SUPERSEDED,
  /** Withdrawn. */
  ERASED
}
