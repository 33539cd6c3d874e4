package dev.migaki.cleanse.outbound.chat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One {@code POST …/chat/completions}, bounded in time and size as a whole.
 *
 * <p>No library: the official SDK (openai-java 4.101) weighs 75 MB and brings Kotlin and OkHttp for
 * this one request; it and LangChain4j read answers of any length, and the timeout of LangChain4j's
 * transport ends with the headers. Their exceptions quote bodies, which must not reach a log.
 */
final class ChatClient {
  private static final Duration CONNECT = Duration.ofSeconds(5);

  /** Redirects are not followed: the key is for the address in the recipe. */
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT)
          .build();

  /**
   * @param status HTTP status
   * @param retryAfter the header's value, null without one
   */
  record Response(int status, String body, @Nullable String retryAfter) {
    /** Shape only: the body is never printed. */
    @Override
    public String toString() {
      return "Response[status=" + status + "]";
    }
  }

  /**
   * Sends and waits.
   *
   * @param base with or without a path such as {@code /v1}
   * @param key null where none is needed; visible ASCII characters only
   * @param timeout of the whole answer
   * @throws TimeoutException when the answer was not there in time
   * @throws BoundedText.TooLong when it has more than {@code mostBytes}
   * @throws IOException when the endpoint was not reached or hung up
   */
  Response post(URI base, @Nullable String key, String json, Duration timeout, int mostBytes)
      throws IOException, TimeoutException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(completions(base))
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    CompletableFuture<HttpResponse<String>> running =
        http.sendAsync(request.build(), info -> new BoundedText(mostBytes));
    try {
      HttpResponse<String> response = running.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Response(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("retry-after").orElse(null));
    } catch (ExecutionException e) {
      for (Throwable cause = e; cause != null; cause = cause.getCause()) {
        if (cause instanceof BoundedText.TooLong tooLong) {
          throw tooLong;
        }
      }
      throw new IOException("no answer from the endpoint", e.getCause());
    } finally {
      running.cancel(true);
    }
  }

  private static URI completions(URI base) {
    String path = base.getRawPath() == null ? "" : base.getRawPath().replaceAll("/+$", "");
    if (path.endsWith("/chat/completions")) {
      return base;
    }
    String root = path.isEmpty() ? "/v1" : path;
    return URI.create(
        base.getScheme() + "://" + base.getRawAuthority() + root + "/chat/completions");
  }
}
