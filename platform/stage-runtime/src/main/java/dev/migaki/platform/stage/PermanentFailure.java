package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * This record can never be handled: the runtime rolls back and moves it to the dead-letter topic
 * with this reason. The message is shown to people and must not hold document text, prompts,
 * completions or keys.
 */
public final class PermanentFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient ErrorCode code;

  public PermanentFailure(ErrorCode code, String message) {
    this(code, message, null);
  }

  public PermanentFailure(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = requireNonNull(code, "code");
  }

  public ErrorCode code() {
    return code;
  }
}
