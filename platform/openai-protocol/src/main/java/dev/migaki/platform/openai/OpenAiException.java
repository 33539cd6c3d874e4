package dev.migaki.platform.openai;

import org.jspecify.annotations.Nullable;

/** A request that is answered with an {@link OpenAiError}. */
public final class OpenAiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String type;
  private final @Nullable String param;
  private final @Nullable String code;

  private OpenAiException(
      int status, String type, @Nullable String param, @Nullable String code, String message) {
    super(message);
    this.status = status;
    this.type = type;
    this.param = param;
    this.code = code;
  }

  /** 400: the request cannot be carried out as it is; {@code param} names the field at fault. */
  public static OpenAiException invalidRequest(String param, String message) {
    return new OpenAiException(400, "invalid_request_error", param, null, message);
  }

  /** 400: the prompt is longer than the model can read. */
  public static OpenAiException contextLengthExceeded(String message) {
    return new OpenAiException(
        400, "invalid_request_error", "messages", "context_length_exceeded", message);
  }

  /**
   * 400: the prompt is longer than the model can read, in the words of the API.
   *
   * @param context what the model holds
   * @param asked tokens of the messages
   */
  public static OpenAiException contextLengthExceeded(int context, int asked) {
    return contextLengthExceeded(
        "This model's maximum context length is "
            + context
            + " tokens. However, your messages resulted in "
            + asked
            + " tokens. Please reduce the length of the messages.");
  }

  /** 404: no such model. */
  public static OpenAiException modelNotFound(String model) {
    return new OpenAiException(
        404,
        "invalid_request_error",
        "model",
        "model_not_found",
        "The model '" + model + "' does not exist; GET /v1/models lists the ones that do.");
  }

  /** 404: no such thing. */
  public static OpenAiException notFound(String message) {
    return new OpenAiException(404, "invalid_request_error", null, "not_found", message);
  }

  /** 429: more requests than this server can hold; try again. */
  public static OpenAiException overloaded(String message) {
    return new OpenAiException(429, "requests", null, "rate_limit_exceeded", message);
  }

  /** HTTP status of the answer. */
  public int status() {
    return status;
  }

  /** Body of the answer. */
  public OpenAiError body() {
    return OpenAiError.of(String.valueOf(getMessage()), type, param, code);
  }
}
