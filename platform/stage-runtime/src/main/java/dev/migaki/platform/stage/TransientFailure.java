package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something outside did not work this time: the runtime rolls back, waits and handles the record
 * again, for as long as it takes. The message must not hold document text, prompts, completions or
 * keys.
 */
public final class TransientFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;
  private final boolean bounded;

  public TransientFailure(ErrorCode code, String message) {
    this(code, message, null);
  }

  public TransientFailure(ErrorCode code, String message, @Nullable Throwable cause) {
    this(code, message, cause, false);
  }

  private TransientFailure(
      ErrorCode code, String message, @Nullable Throwable cause, boolean bounded) {
    super(message, cause);
    this.code = requireNonNull(code, "code");
    this.bounded = bounded;
  }

  /**
   * One that the record itself may be to blame for: when it comes back as often as an unexpected
   * failure may, the record moves to the dead-letter topic with this code and message.
   */
  public static TransientFailure bounded(ErrorCode code, String message) {
    return new TransientFailure(code, message, null, true);
  }

  /** Whether it ends in a dead letter when it comes back every time. */
  public boolean isBounded() {
    return bounded;
  }

  public ErrorCode code() {
    return code;
  }
}
