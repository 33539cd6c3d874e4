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

  public TransientFailure(ErrorCode code, String message) {
    this(code, message, null);
  }

  public TransientFailure(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = requireNonNull(code, "code");
  }

  public ErrorCode code() {
    return code;
  }
}
