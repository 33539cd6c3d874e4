package dev.migaki.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** The stack's one address. */
public final class Endpoint {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(3);

  private final String address;
  private final HttpClient http;

  /**
   * @param address without a slash at its end
   */
  public Endpoint(String address) {
    this.address = address;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
  }

  /** The endpoint said no, in words that a person can use. */
  public static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    private final int status;

    Refused(int status, String message) {
      super(message);
      this.status = status;
    }

    public int status() {
      return status;
    }
  }

  /**
   * Asks a model.
   *
   * @param model a dataset, an {@code ft:} id or the base model's name
   * @return the whole answer
   */
  public String ask(String model, String question) throws IOException {
    JsonNode answer = post("/v1/chat/completions", chat(model, question, false));
    return answer.path("choices").path(0).path("message").path("content").asText("");
  }

  /** Asks a model and hands over the answer piece by piece as it is generated. */
  public void askStreaming(String model, String question, Consumer<String> pieces)
      throws IOException {
    HttpRequest request =
        request("/v1/chat/completions")
            .header("Content-Type", "application/json")
            .header("Accept", "text/event-stream")
            .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(chat(model, question, true))))
            .build();
    HttpResponse<InputStream> response = send(request, HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw refused(response.statusCode(), body.readAllBytes());
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
      for (String line : (Iterable<String>) lines.lines()::iterator) {
        if (line.startsWith("data:") && !line.endsWith("[DONE]")) {
          JsonNode chunk = JSON.readTree(line.substring("data:".length()));
          pieces.accept(chunk.path("choices").path(0).path("delta").path("content").asText(""));
        }
      }
    }
  }

  /** GETs JSON. */
  public JsonNode get(String path) throws IOException {
    return JSON.readTree(bytesOf(request(path).GET().build()));
  }

  /** GETs bytes of any type. */
  public byte[] getBytes(String path) throws IOException {
    return bytesOf(request(path).GET().build());
  }

  /** POSTs JSON and reads JSON. */
  public JsonNode post(String path, JsonNode body) throws IOException {
    return JSON.readTree(
        bytesOf(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(bytes(body)))
                .build()));
  }

  /** DELETEs a resource. */
  public JsonNode delete(String path) throws IOException {
    return JSON.readTree(bytesOf(request(path).DELETE().build()));
  }

  /** Uploads a file of any size as one part of a multipart form, streaming. */
  public JsonNode upload(String dataset, Path file, String name) throws IOException {
    String boundary = "migaki-" + UUID.randomUUID();
    String head =
        "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\nContent-Type: application/octet-stream\r\n\r\n"
            .formatted(boundary, name.replace("\"", "%22"));
    HttpRequest.BodyPublisher body =
        HttpRequest.BodyPublishers.concat(
            HttpRequest.BodyPublishers.ofString(head),
            HttpRequest.BodyPublishers.ofFile(file),
            HttpRequest.BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    return JSON.readTree(
        bytesOf(
            request("/v1/datasets/" + encode(dataset) + "/documents")
                .header("Content-Type", "multipart/form-data; boundary=" + boundary)
                .POST(body)
                .build()));
  }

  /** A path segment. */
  public static String encode(String segment) {
    return URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode chat(String model, String question, boolean stream) {
    ObjectNode body = JSON.createObjectNode().put("model", model).put("stream", stream);
    body.put("temperature", 0);
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    return body;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER_PATIENCE);
  }

  private byte[] bytesOf(HttpRequest request) throws IOException {
    HttpResponse<byte[]> response = send(request, HttpResponse.BodyHandlers.ofByteArray());
    if (response.statusCode() >= 300) {
      throw refused(response.statusCode(), response.body());
    }
    return response.body();
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException {
    try {
      return http.send(request, handler);
    } catch (ConnectException e) {
      throw new IOException("nothing answers at " + address + "; is the stack up? (migaki up)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for " + request.uri().getPath(), e);
    }
  }

  private static Refused refused(int status, byte[] body) {
    String message = "";
    try {
      JsonNode json = JSON.readTree(body);
      for (String path : List.of("/error/message", "/message", "/details")) {
        if (message.isEmpty()) {
          message = json.at(path).asText("");
        }
      }
    } catch (IOException e) {
      // not JSON: the status alone has to do
    }
    return new Refused(status, message.isEmpty() ? "the endpoint answered " + status : message);
  }

  private static byte[] bytes(JsonNode json) throws IOException {
    return JSON.writeValueAsBytes(json);
  }
}
