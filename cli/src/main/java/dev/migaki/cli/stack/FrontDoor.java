package dev.migaki.cli.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * The one address: a small reverse proxy on 127.0.0.1 in front of the five services. Bodies pass
 * through as they come, in both directions, so server-sent events arrive token by token and uploads
 * of any size are never held in memory.
 */
final class FrontDoor implements AutoCloseable {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "host",
          "content-length",
          "expect");
  private static final int BUFFER_BYTES = 16 * 1024;

  private final HttpServer server;
  private final ExecutorService threads;
  private final HttpClient http;
  private final ToIntFunction<StageService> ports;
  private final Supplier<Map<String, String>> status;

  private FrontDoor(
      HttpServer server,
      ExecutorService threads,
      HttpClient http,
      ToIntFunction<StageService> ports,
      Supplier<Map<String, String>> status) {
    this.server = server;
    this.threads = threads;
    this.http = http;
    this.ports = ports;
    this.status = status;
  }

  /**
   * Opens the address.
   *
   * @param port 0 for any free one
   * @param status state by process, shown at {@code /}
   */
  static FrontDoor open(
      int port,
      HttpClient http,
      ToIntFunction<StageService> ports,
      Supplier<Map<String, String>> status) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port), 0);
      ExecutorService threads = Executors.newCachedThreadPool(FrontDoor::thread);
      FrontDoor door = new FrontDoor(server, threads, http, ports, status);
      server.createContext("/", door::answer);
      server.setExecutor(threads);
      server.start();
      return door;
    } catch (BindException e) {
      throw new StackFailure(
          "port " + port + " is in use; choose another one with --port (0: any free one)", e);
    } catch (IOException e) {
      throw new StackFailure("cannot listen on port " + port + ": " + e.getMessage(), e);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "front-door");
    thread.setDaemon(true);
    return thread;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (path.equals("/")) {
        json(exchange, 200, Map.of("name", "migaki", "processes", status.get()));
        return;
      }
      Optional<StageService> service = Routes.serviceFor(path);
      if (service.isEmpty()) {
        error(exchange, 404, "unknown_url", "Unknown request URL: " + path);
        return;
      }
      forward(exchange, service.get());
    }
  }

  private void forward(HttpExchange exchange, StageService service) throws IOException {
    HttpResponse<InputStream> response;
    try {
      response = http.send(request(exchange, service), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      error(
          exchange,
          503,
          "service_unavailable",
          "The " + service.label() + " service does not answer at the moment. Try again shortly.");
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    }
    try (InputStream body = response.body()) {
      copyHeaders(response, exchange.getResponseHeaders());
      long length = response.headers().firstValueAsLong("content-length").orElse(0);
      boolean empty = response.statusCode() == 204 || response.statusCode() == 304;
      exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : length);
      if (!empty) {
        copy(body, exchange.getResponseBody());
      }
    }
  }

  private HttpRequest request(HttpExchange exchange, StageService service) {
    URI target =
        URI.create("http://127.0.0.1:" + ports.applyAsInt(service) + exchange.getRequestURI());
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    boolean chunked = exchange.getRequestHeaders().containsKey("Transfer-Encoding");
    HttpRequest.BodyPublisher body = HttpRequest.BodyPublishers.noBody();
    if (chunked) {
      body = HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody);
    } else if (length != null && Long.parseLong(length) > 0) {
      body =
          HttpRequest.BodyPublishers.fromPublisher(
              HttpRequest.BodyPublishers.ofInputStream(exchange::getRequestBody),
              Long.parseLong(length));
    }
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(target)
            .timeout(Duration.ofMinutes(10))
            .method(exchange.getRequestMethod(), body);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (!HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> builder.header(name, value));
              }
            });
    builder.header("X-Forwarded-Host", "127.0.0.1:" + port());
    return builder.build();
  }

  private static void copyHeaders(HttpResponse<?> response, Headers headers) {
    for (Map.Entry<String, List<String>> header : response.headers().map().entrySet()) {
      if (!HOP_BY_HOP.contains(header.getKey()) && !header.getKey().startsWith(":")) {
        header.getValue().forEach(value -> headers.add(header.getKey(), value));
      }
    }
  }

  private static void copy(InputStream from, OutputStream to) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int read = from.read(buffer);
    while (read >= 0) {
      to.write(buffer, 0, read);
      to.flush();
      read = from.read(buffer);
    }
  }

  private static void error(HttpExchange exchange, int code, String name, String message)
      throws IOException {
    json(
        exchange,
        code,
        Map.of("error", Map.of("message", message, "type", "invalid_request_error", "code", name)));
  }

  private static void json(HttpExchange exchange, int code, Object body) throws IOException {
    byte[] bytes = new ObjectMapper().writeValueAsString(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(code, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
