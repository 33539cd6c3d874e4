package dev.migaki.deploy.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.migaki.platform.openai.OpenAiError;
import dev.migaki.platform.openai.OpenAiException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error leaves in the form that OpenAI's clients read. */
public class ErrorMappers {

  @ServerExceptionMapper
  public Response known(OpenAiException e) {
    return answer(e.status(), e.body());
  }

  @ServerExceptionMapper
  public Response unreadable(JsonProcessingException e) {
    return answer(
        400,
        OpenAiError.of(
            "the body is not JSON of the expected shape.", "invalid_request_error", null, null));
  }

  @ServerExceptionMapper
  public Response framework(WebApplicationException e) {
    int status = e.getResponse().getStatus();
    if (e.getCause() instanceof JsonProcessingException cause) {
      return unreadable(cause);
    }
    return answer(
        status,
        OpenAiError.of(
            "HTTP " + status + ": " + e.getResponse().getStatusInfo().getReasonPhrase(),
            status >= 500 ? "server_error" : "invalid_request_error",
            null,
            null));
  }

  private static Response answer(int status, OpenAiError body) {
    return Response.status(status).entity(body).type(MediaType.APPLICATION_JSON).build();
  }
}
