package dev.migaki.datasets.remote;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.datasets.remote.RemoteFailure.Problem;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Asks one service and tells what is wrong when it does not answer. */
final class RemoteCall {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final RemoteReader.Service service;
  private final RemoteAccess access;

  RemoteCall(RemoteReader.Service service, RemoteAccess access) {
    this.service = service;
    this.access = access;
  }

  /**
   * Posts.
   *
   * @param path below the service's address
   * @return the answer's JSON
   */
  JsonNode post(String path, JsonNode request) {
    RemoteAccess.Reply reply;
    try {
      reply = access.post(service.at(path), key(), request.toString(), service.timeout());
    } catch (IOException e) {
      String why = e.getClass().getSimpleName();
      throw new RemoteFailure(Problem.UNAVAILABLE, named("does not answer (" + why + ")"), e);
    }
    requireSuccess(reply.status());
    return parsed(reply.body());
  }

  /** Reads JSON that came from the service. */
  JsonNode parsed(String json) {
    try {
      JsonNode tree = JSON.readTree(json);
      if (!tree.isMissingNode()) {
        return tree;
      }
    } catch (JsonProcessingException e) {
      // its message quotes the answer
    }
    throw unusable("is no JSON");
  }

  RemoteFailure unusable(String why) {
    return new RemoteFailure(Problem.ANSWER, named("gave an answer that " + why));
  }

  private void requireSuccess(int status) {
    if (status == 200) {
      return;
    }
    String answered = "answered " + status;
    @Nullable String variable = service.apiKeyVariable();
    switch (status) {
      case 401, 403 ->
          throw new RemoteFailure(
              Problem.KEY,
              named(
                  answered
                      + (variable == null
                          ? "; it wants a key: name its environment variable in apiKeyVariable"
                          : "; check the key in " + variable)));
      case 404, 405, 301, 302, 307, 308 ->
          throw new RemoteFailure(Problem.ADDRESS, named(answered + "; check url and model"));
      case 408, 425, 429 -> throw new RemoteFailure(Problem.UNAVAILABLE, named(answered));
      default ->
          throw new RemoteFailure(
              status >= 400 && status < 500 ? Problem.REQUEST : Problem.UNAVAILABLE,
              named(answered));
    }
  }

  private @Nullable String key() {
    @Nullable String variable = service.apiKeyVariable();
    if (variable == null) {
      return null;
    }
    @Nullable String value = access.variable(variable);
    String key = value == null ? "" : value.strip();
    if (!key.matches("[\\x21-\\x7E]+")) {
      throw new RemoteFailure(
          Problem.KEY, named("needs a key, but " + variable + " is not set to one"));
    }
    return key;
  }

  private String named(String what) {
    return "recogniser " + service.name() + " at " + service.url().getHost() + " " + what;
  }
}
