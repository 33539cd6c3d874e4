package dev.migaki.platform.artifacts;

import static java.util.Objects.requireNonNull;

/**
 * An artifact could not be stored or read. The kind says whether trying again can help; the message
 * names the artifact by its hash, never by its content.
 */
public final class ArtifactFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Why; the name is the error code that metrics and dead letters carry. */
  public enum Kind {
    /** Nothing lies there: a dead letter until somebody stores it again. */
    ARTIFACT_MISSING(false),
    /** What lies there is not what was stored: a dead letter. */
    ARTIFACT_CHECKSUM_MISMATCH(false),
    /** The store did not answer or the disk is full: try again later. */
    ARTIFACT_STORE_UNAVAILABLE(true);

    private final boolean retriable;

    Kind(boolean retriable) {
      this.retriable = retriable;
    }
  }

  private final Kind kind;

  public ArtifactFailure(Kind kind, String message) {
    super(message);
    this.kind = requireNonNull(kind, "kind");
  }

  public ArtifactFailure(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = requireNonNull(kind, "kind");
  }

  public Kind kind() {
    return kind;
  }

  /** Error code in the sense of the operations guide. */
  public String code() {
    return kind.name();
  }

  /** Whether the same call may succeed later. */
  public boolean retriable() {
    return kind.retriable;
  }
}
