package dev.migaki.platform.http;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Posts JSON and reads the answer, within a time that covers both and with a bounded answer; a
 * moment's trouble is waited out, a timeout is not. Follows no redirect: text of documents goes
 * where it was meant to. Thread-safe.
 */
public final class JsonPost {
  private static final int MAX_ANSWER_BYTES = 16 << 20;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The service is there and asks to come back. */
  private static final Set<Integer> BUSY = Set.of(429, 500, 502, 503, 504);

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .followRedirects(HttpClient.Redirect.NEVER)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();
  private final List<Duration> waits;

  private JsonPost(List<Duration> waits) {
    this.waits = List.copyOf(waits);
  }

  /** One that asks a second and a third time after half a second and two. */
  public static JsonPost patient() {
    return waiting(List.of(Duration.ofMillis(500), Duration.ofSeconds(2)));
  }

  /**
   * @param waits before each further attempt
   */
  public static JsonPost waiting(List<Duration> waits) {
    return new JsonPost(waits);
  }

  /**
   * What the service said, whatever it said.
   *
   * @param retryAfter the header's value, null without one
   */
  public record Reply(int status, String body, @Nullable String retryAfter) {
    /** Answers may quote what was asked. */
    @Override
    public String toString() {
      return "Reply[" + status + ", " + body.length() + " chars]";
    }
  }

  /**
   * Posts.
   *
   * @param key sent as a bearer token; printable ASCII; null for none
   * @param timeout of each attempt, until the whole answer is there
   * @return the last answer
   * @throws IOException when the last attempt gave no answer; the message holds nothing that was
   *     sent
   */
  public Reply post(URI url, @Nullable String key, String json, Duration timeout)
      throws IOException {
    for (int attempt = 0; ; attempt++) {
      boolean last = attempt == waits.size();
      try {
        Reply reply = once(url, key, json, timeout, MAX_ANSWER_BYTES);
        if (last || !BUSY.contains(reply.status())) {
          return reply;
        }
      } catch (InterruptedIOException | HttpTimeoutException e) {
        throw e; // waited long enough already
      } catch (IOException e) {
        if (last) {
          throw e;
        }
      }
      pause(waits.get(attempt));
    }
  }

  private static HttpRequest request(URI url, @Nullable String key, String json) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json, StandardCharsets.UTF_8));
    if (key != null) {
      if (!key.matches("[\\x21-\\x7E]+")) { // the client's own message would quote it
        throw new IllegalArgumentException("a key must be printable ASCII");
      }
      request.header("Authorization", "Bearer " + key);
    }
    return request.build();
  }

  /**
   * Posts without a second attempt.
   *
   * @param mostBytes of the answer
   * @throws AnswerTooLongException when it has more
   * @throws HttpTimeoutException when it was not there in time
   * @throws InterruptedIOException when the thread was interrupted; it still is
   * @throws IOException when the service was not reached or hung up
   */
  public Reply once(URI url, @Nullable String key, String json, Duration timeout, int mostBytes)
      throws IOException {
    CompletableFuture<HttpResponse<String>> answer =
        http.sendAsync(request(url, key, json), info -> new BoundedText(mostBytes));
    try {
      HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return new Reply(
          response.statusCode(),
          response.body(),
          response.headers().firstValue("retry-after").orElse(null));
    } catch (TimeoutException e) {
      answer.cancel(true);
      throw new HttpTimeoutException("no answer in " + timeout);
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for an answer");
    } catch (ExecutionException e) {
      throw failure(e);
    }
  }

  private static IOException failure(ExecutionException failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof AnswerTooLongException tooLong) {
        return tooLong;
      }
    }
    return failed.getCause() instanceof IOException failure
        ? failure
        : new IOException("the request failed", failed.getCause());
  }

  private static void pause(Duration wait) throws InterruptedIOException {
    try {
      Thread.sleep(wait.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting to ask again");
    }
  }
}
