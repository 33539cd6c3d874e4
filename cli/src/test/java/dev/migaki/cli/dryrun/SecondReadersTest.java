package dev.migaki.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.datasets.remote.RemoteFailure;
import dev.migaki.documents.recipes.DocumentsRecipe;
import dev.migaki.recipes.RecipeFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SecondReadersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private HttpServer server;
  private volatile int status = 200;

  /** A real server that finds one name, as Presidio would. */
  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/analyze",
        exchange -> {
          String text = JSON.readTree(exchange.getRequestBody()).path("text").asText();
          int at = text.indexOf("Quorvex Zibble");
          int start = at < 0 ? -1 : text.codePointCount(0, at);
          String entity =
              "{\"entity_type\":\"PERSON\",\"start\":%d,\"end\":%d,\"score\":0.85}"
                  .formatted(start, start + 14);
          byte[] body = ("[" + (at < 0 ? "" : entity) + "]").getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private DatasetRecipe recipe() {
    String remote =
        "{\"findings\":{\"remote\":[{\"kind\":\"presidio\",\"url\":\"http://127.0.0.1:%d\"}]}}"
            .formatted(server.getAddress().getPort());
    RecipeReader reader =
        new RecipeReader(PseudonymKey.of("key".getBytes(StandardCharsets.UTF_8)), true);
    return RecipeFiles.read(
        remote.getBytes(StandardCharsets.UTF_8), (root, bytes) -> reader.read(root, "none"));
  }

  private static String redact(DatasetRecipe recipe, String line) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream print = new PrintStream(out, false, StandardCharsets.UTF_8);
    new DryRun(print, print, true, DocumentsRecipe.defaults())
        .run(
            List.of(),
            new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)),
            new RedactRun(DryRuns.recipe(recipe)));
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void shouldRemoveWhatTheRecipesReaderFindsAndCountCodePoints() throws IOException {
    // When
    String printed =
        redact(recipe(), "{\"id\":1,\"text\":\"😀 Ask Quorvex Zibble for the key.\"}\n");

    // Then
    ObjectNode result = (ObjectNode) JSON.readTree(printed);
    assertThat(result.path("text").asText()).isEqualTo("😀 Ask <PERSON_1> for the key.");
    assertThat(result.at("/spans/0/recognizer").asText()).isEqualTo("presidio");
    assertThat(result.at("/spans/0/start").asInt()).isEqualTo(6);
    assertThat(result.at("/spans/0/end").asInt()).isEqualTo(20);
  }

  @Test
  void shouldPrintNothingWhenTheReaderDoesNotRead() throws IOException {
    // Given
    status = 401;
    DatasetRecipe recipe = recipe();

    // When Then
    assertThatThrownBy(() -> redact(recipe, "{\"id\":1,\"text\":\"Ask Quorvex Zibble.\"}\n"))
        .isInstanceOf(RemoteFailure.class)
        .hasMessageContaining("recogniser presidio at 127.0.0.1 answered 401")
        .hasMessageNotContaining("Quorvex");
  }
}
