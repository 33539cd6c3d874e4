package dev.migaki.platform.stage;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Body of every error of a stage's own resources: {@code {"error":{"code","message"}}}. */
public record Problem(Detail error) {

  /**
   * @param code bounded, for programs: upper case with underscores
   * @param message for people: what is wrong and what to do
   */
  public record Detail(String code, String message) {}

  /** The answer that says it. */
  public static Response answer(int status, String code, String message) {
    return Response.status(status)
        .entity(new Problem(new Detail(code, message)))
        .type(MediaType.APPLICATION_JSON)
        .build();
  }
}
