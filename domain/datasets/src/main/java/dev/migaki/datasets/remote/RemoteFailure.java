package dev.migaki.datasets.remote;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A second reader has not read: the document must not go on without. The message names reader, host
 * and problem, and holds nothing of document, answer or key.
 */
public final class RemoteFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final Problem problem;

  RemoteFailure(Problem problem, String message) {
    this(problem, message, null);
  }

  /**
   * @param cause must not quote the request or the answer, as a JSON parser's does
   */
  RemoteFailure(Problem problem, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.problem = requireNonNull(problem, "problem");
  }

  public Problem problem() {
    return problem;
  }

  /** What is wrong, and so who has to act. */
  public enum Problem {
    /** Not reached, too slow, too busy or broken: ask again later. */
    UNAVAILABLE,
    /** No key, or one that the service does not take: the operator has to act. */
    KEY,
    /** Nothing of this kind at the address: the recipe has to be mended. */
    ADDRESS,
    /** It does not take this request: asking again is of no use. */
    REQUEST,
    /** Its answer is not of the agreed form; another attempt may give a better one. */
    ANSWER
  }
}
