package dev.migaki.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FrontDoorTest {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final CountDownLatch firstEventRead = new CountDownLatch(1);
  private HttpServer service;
  private FrontDoor door;

  @BeforeEach
  void start() throws IOException {
    service = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    service.createContext("/v1/chat/completions", this::stream);
    service.createContext("/v1/datasets", FrontDoorTest::count);
    service.createContext("/v1/models", FrontDoorTest::notFound);
    service.setExecutor(Executors.newCachedThreadPool());
    service.start();
    door =
        FrontDoor.open(
            0, http, ignored -> service.getAddress().getPort(), () -> Map.of("kafka", "ready"));
  }

  @AfterEach
  void stop() {
    door.close();
    service.stop(0);
  }

  @Test
  void shouldPassEventsOnAsTheyComeWhenServiceStreams() throws Exception {
    // Given
    HttpRequest request =
        request("/v1/chat/completions").POST(HttpRequest.BodyPublishers.ofString("{}")).build();
    // When
    HttpResponse<InputStream> response =
        http.send(request, HttpResponse.BodyHandlers.ofInputStream());
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8));
    String first = lines.readLine();
    firstEventRead.countDown();
    // Then: the service sends its second event only after we have read the first
    assertThat(first).isEqualTo("data: one");
    assertThat(lines.readLine()).isEqualTo("data: two");
    assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
  }

  @Test
  void shouldPassLargeUploadsOnWhenBodyIsLong() throws Exception {
    // Given
    byte[] body = new byte[8 * 1024 * 1024];
    HttpRequest request =
        request("/v1/datasets/faq/documents")
            .header("Authorization", "Bearer x")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build();
    // When
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    // Then
    assertThat(response.statusCode()).isEqualTo(201);
    assertThat(response.body())
        .isEqualTo(body.length + " POST /v1/datasets/faq/documents?a=1 true");
  }

  @Test
  void shouldPassStatusAndBodyOnWhenServiceRefuses() throws Exception {
    // Given
    HttpRequest request = request("/v1/models/x").build();
    // When
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    // Then
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("no such model");
  }

  @Test
  void shouldAnswer503InOpenAiFormWhenServiceIsDown() throws Exception {
    // Given
    service.stop(0);
    HttpRequest request = request("/v1/models").build();
    // When
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    // Then
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).contains("\"error\"").contains("service_unavailable");
  }

  @Test
  void shouldAnswer404WhenNobodyServesThePath() throws Exception {
    // Given
    HttpRequest request = request("/v1/nothing").build();
    // When
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    // Then
    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("/v1/nothing");
  }

  private HttpRequest.Builder request(String path) {
    String query = path.endsWith("/documents") ? "?a=1" : "";
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + door.port() + path + query));
  }

  private void stream(HttpExchange exchange) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
      exchange.sendResponseHeaders(200, 0);
      exchange.getResponseBody().write("data: one\n".getBytes(StandardCharsets.UTF_8));
      exchange.getResponseBody().flush();
      firstEventRead.await(30, TimeUnit.SECONDS);
      exchange.getResponseBody().write("data: two\n".getBytes(StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void count(HttpExchange exchange) throws IOException {
    try (exchange) {
      int length = exchange.getRequestBody().readAllBytes().length;
      boolean authorized = exchange.getRequestHeaders().containsKey("Authorization");
      String answer =
          "%d %s %s %s"
              .formatted(length, exchange.getRequestMethod(), exchange.getRequestURI(), authorized);
      byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(201, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static void notFound(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] bytes = "no such model".getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(404, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
