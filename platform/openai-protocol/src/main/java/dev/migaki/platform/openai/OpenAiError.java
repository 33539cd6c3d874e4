package dev.migaki.platform.openai;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * The error body of the OpenAI API: {@code {"error":{"message","type","param","code"}}}, always
 * with all four keys.
 *
 * @param error what went wrong
 */
public record OpenAiError(Body error) {

  /**
   * @param message for a person: what, where, what to do
   * @param type class of the error, for example {@code invalid_request_error}
   * @param param request field at fault, or null
   * @param code machine-readable code, or null
   */
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record Body(String message, String type, @Nullable String param, @Nullable String code) {}

  public static OpenAiError of(
      String message, String type, @Nullable String param, @Nullable String code) {
    return new OpenAiError(new Body(message, type, param, code));
  }
}
