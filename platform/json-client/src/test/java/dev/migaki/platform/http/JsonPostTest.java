package dev.migaki.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class JsonPostTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  private final JsonPost client =
      JsonPost.waiting(List.of(Duration.ofMillis(1), Duration.ofMillis(1)));
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private HttpServer server;

  private interface Answer {
    void to(HttpExchange exchange, int number) throws IOException, InterruptedException;
  }

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
  }

  @AfterEach
  void stop() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private URI answering(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          requests.add(
              exchange.getRequestHeaders().getFirst("Authorization")
                  + " "
                  + new String(body, StandardCharsets.UTF_8));
          try {
            answer.to(exchange, requests.size());
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            exchange.close();
          }
        });
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/analyze");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Test
  void shouldSendJsonAndKeyAndReadTheAnswerWhenAllIsWell() throws IOException {
    // Given
    URI url = answering((exchange, number) -> send(exchange, 200, "[\"鈴木😀\"]"));

    // When
    JsonPost.Reply reply = client.post(url, "secret-1", "{\"text\":\"鈴木😀\"}", TIMEOUT);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body()).isEqualTo("[\"鈴木😀\"]");
    assertThat(requests).containsExactly("Bearer secret-1 {\"text\":\"鈴木😀\"}");
    assertThat(reply.toString()).doesNotContain("鈴木");
  }

  @Test
  void shouldAskAgainWhenTheServiceIsBroken() throws IOException {
    // Given
    URI url = answering((exchange, number) -> send(exchange, number == 1 ? 500 : 200, "{}"));

    // When
    JsonPost.Reply reply = client.post(url, null, "{}", TIMEOUT);

    // Then
    assertThat(reply.status()).isEqualTo(200);
    assertThat(requests).hasSize(2);
  }

  @Test
  void shouldReturnTheLastAnswerWhenTheServiceStaysBusy() throws IOException {
    // Given
    URI url = answering((exchange, number) -> send(exchange, 429, "{}"));

    // When
    JsonPost.Reply reply = client.post(url, null, "{}", TIMEOUT);

    // Then
    assertThat(reply.status()).isEqualTo(429);
    assertThat(requests).hasSize(3);
  }

  @Test
  void shouldNotAskAgainWhenTheKeyIsRefused() throws IOException {
    // Given
    URI url = answering((exchange, number) -> send(exchange, 401, "{}"));

    // When
    JsonPost.Reply reply = client.post(url, "wrong", "{}", TIMEOUT);

    // Then
    assertThat(reply.status()).isEqualTo(401);
    assertThat(requests).hasSize(1);
  }

  @Test
  void shouldFollowNoRedirectWhenOneIsGiven() throws IOException {
    // Given
    URI url =
        answering(
            (exchange, number) -> {
              exchange.getResponseHeaders().add("Location", "/elsewhere");
              send(exchange, 307, "");
            });

    // When
    JsonPost.Reply reply = client.post(url, null, "{\"text\":\"x\"}", TIMEOUT);

    // Then
    assertThat(reply.status()).isEqualTo(307);
    assertThat(requests).hasSize(1);
  }

  @Test
  void shouldGiveUpWhenTheAnswerStopsHalfway() {
    // Given
    URI url =
        answering(
            (exchange, number) -> {
              exchange.sendResponseHeaders(200, 100);
              exchange.getResponseBody().write('[');
              exchange.getResponseBody().flush();
              end.await();
            });

    // When
    long begun = System.nanoTime();

    // Then
    assertThatThrownBy(() -> client.post(url, null, "{}", Duration.ofMillis(300)))
        .isInstanceOf(HttpTimeoutException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    assertThat(requests).hasSize(1);
  }

  @Test
  void shouldFailWithoutQuotingAnythingWhenNobodyListens() throws IOException {
    // Given
    URI url;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      url = URI.create("http://127.0.0.1:" + free.getLocalPort() + "/analyze");
    }

    // When Then
    assertThatThrownBy(() -> client.post(url, "secret-2", "{\"text\":\"Aiko\"}", TIMEOUT))
        .isInstanceOf(IOException.class)
        .hasMessageNotContainingAny("secret-2", "Aiko");
  }

  @Test
  void shouldNotQuoteTheKeyWhenNoHeaderTakesIt() {
    // When Then
    assertThatThrownBy(
            () -> client.post(URI.create("http://127.0.0.1:9/"), "secret\n3", "{}", TIMEOUT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }
}
