package dev.migaki.platform.stage;

import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Failures that no resource answers itself, as {@link Problem}s. A service that speaks another
 * protocol has mappers of its own, which go before these.
 */
public class ProblemMappers {
  private static final int LAST = Priorities.USER + 1000;

  @ServerExceptionMapper(priority = LAST)
  public Response invalid(QueryNumber.Invalid failure) {
    return Problem.answer(400, "PARAMETER_INVALID", String.valueOf(failure.getMessage()));
  }

  @ServerExceptionMapper(priority = LAST)
  public Response unavailable(TransientFailure failure) {
    return Problem.answer(503, failure.code().name(), String.valueOf(failure.getMessage()));
  }

  /** What the framework refuses, such as an unknown path: {@code NOT_FOUND}, "HTTP 404: ...". */
  @ServerExceptionMapper(priority = LAST)
  public Response refused(WebApplicationException failure) {
    Response.StatusType status = failure.getResponse().getStatusInfo();
    String code = status.getReasonPhrase().toUpperCase(Locale.ROOT).replaceAll("[^A-Z]+", "_");
    String message = "HTTP " + status.getStatusCode() + ": " + status.getReasonPhrase() + ".";
    return Problem.answer(status.getStatusCode(), code, message);
  }
}
