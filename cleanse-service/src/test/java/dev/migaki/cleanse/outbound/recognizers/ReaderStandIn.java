package dev.migaki.cleanse.outbound.recognizers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real HTTP server in place of Presidio or of a model: finds words of a list, answers in the form
 * of the one that was asked, and misbehaves as told.
 */
public final class ReaderStandIn implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch end = new CountDownLatch(1);
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final List<Behaviour> behaviours = new CopyOnWriteArrayList<>();
  private volatile Behaviour otherwise;

  /** What was asked. */
  public record Request(String path, String authorization, JsonNode body) {
    /** The document's text in it. */
    public String text() {
      return body.has("text")
          ? body.path("text").asText()
          : body.path("messages").path(1).path("content").asText();
    }
  }

  /** How to answer; null as a body is no answer at all. */
  public interface Behaviour {
    Answer to(Request request);
  }

  /** Status and body. */
  public record Answer(int status, String body) {
    static final Answer NONE = new Answer(0, "");
  }

  private ReaderStandIn(HttpServer server, Behaviour otherwise) {
    this.server = server;
    this.otherwise = otherwise;
  }

  /** Starts one that answers so. */
  public static ReaderStandIn start(Behaviour behaviour) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      ReaderStandIn standIn = new ReaderStandIn(server, behaviour);
      server.setExecutor(standIn.threads);
      server.createContext("/", standIn::handle);
      server.start();
      return standIn;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  public List<Request> requests() {
    return requests;
  }

  /** From now on. */
  public void behave(Behaviour behaviour) {
    otherwise = behaviour;
  }

  /** Once, before anything else. */
  public void first(Behaviour behaviour) {
    behaviours.add(behaviour);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Request request =
          new Request(
              exchange.getRequestURI().getPath(),
              String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")),
              JSON.readTree(exchange.getRequestBody().readAllBytes()));
      requests.add(request);
      Behaviour behaviour = behaviours.isEmpty() ? otherwise : behaviours.remove(0);
      Answer answer = behaviour.to(request);
      if (answer == Answer.NONE) {
        end.await();
        return;
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Presidio that knows these names; it counts code points, as Python does. */
  public static Behaviour presidioThatKnows(String... names) {
    return request -> {
      ArrayNode answer = JSON.createArrayNode();
      String text = request.text();
      for (String name : names) {
        for (int at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1)) {
          int start = text.codePointCount(0, at);
          answer.add(entity("PERSON", start, start + name.codePointCount(0, name.length()), 0.85));
        }
      }
      return new Answer(200, answer.toString());
    };
  }

  static ObjectNode entity(String type, int start, int end, double score) {
    return JSON.createObjectNode()
        .put("entity_type", type)
        .put("start", start)
        .put("end", end)
        .put("score", score)
        .putNull("analysis_explanation");
  }

  /** A model that says this. */
  public static Behaviour modelThatSays(String content) {
    return request -> new Answer(200, completion(content, "stop"));
  }

  static String completion(String content, String finishReason) {
    ObjectNode answer = JSON.createObjectNode().put("object", "chat.completion");
    ObjectNode choice = answer.putArray("choices").addObject().put("index", 0);
    choice.putObject("message").put("role", "assistant").put("content", content);
    choice.put("finish_reason", finishReason);
    return answer.toString();
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
