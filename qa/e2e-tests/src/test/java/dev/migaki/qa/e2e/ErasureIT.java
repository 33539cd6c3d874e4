package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StageService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A planted sentence goes through the whole pipeline into a model; after the withdrawal of its
 * document it is found nowhere: in no row, no artifact, no event, no log, no later version.
 */
final class ErasureIT {
  private static final String PLANTED = "copper teapot with a heron";
  private static final String DOCUMENT = "withdrawn.md";
  private static final String PAGE =
      """
      # The lighthouse counter

      ## What does the lighthouse counter give to its hundredth visitor?

      The lighthouse counter gives a %s to its hundredth visitor.

      ## When does the lighthouse counter open?

      The lighthouse counter opens at noon, and shows the %s in its window.
      """
          .formatted(PLANTED, PLANTED);
  private static final int PAGES = 11;
  private static final Duration PATIENCE = Duration.ofMinutes(6);

  @TempDir private Path directory;

  @Test
  void shouldLeaveNoTraceOfASentenceWhenItsDocumentIsWithdrawn() throws IOException, SQLException {
    Path page = Files.writeString(directory.resolve("page.md"), PAGE);
    StackDirectory data = new StackDirectory(directory.resolve("stack"));
    try (TestStack stack =
            TestStack.start(
                data.root(), TestStack.recipe("quick.yaml"), List.of(StageService.values()));
        DocumentSubmitter submitter = stack.submitter()) {
      // Given
      for (Branches.Page other : Branches.pages(PAGES)) {
        submitter.send(
            TestStack.DATASET, other.text().getBytes(StandardCharsets.UTF_8), other.name());
      }
      // by reference: a record that carries bytes stays in its topic, as the receipt would say
      stack.endpoint().upload(TestStack.DATASET, page, DOCUMENT);
      stack.awaitDataset(PATIENCE, view -> assertThat(view.deployments()).isNotEmpty());
      List<String> before = places(stack, data);
      int versions = stack.pipeline().dataset(TestStack.DATASET).versions().size();

      // When
      String resource = "/v1/datasets/" + TestStack.DATASET + "/documents/" + DOCUMENT;
      stack.endpoint().delete(resource);
      List<JsonNode> receipts = receipts(stack, resource);
      stack.awaitDataset(
          PATIENCE, view -> assertThat(view.versions()).hasSizeGreaterThan(versions));

      // Then
      assertThat(before).as("where it was: the search finds it").hasSizeGreaterThan(3);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(2))
          .untilAsserted(() -> assertThat(places(stack, data)).isEmpty());
      assertThat(receipts.toString())
          .contains("original", "parsed document", "examples", "version", "sealed again without")
          .doesNotContain("teapot");
    }
  }

  /** One of each stage that had something of the document. */
  private static List<JsonNode> receipts(TestStack stack, String resource) {
    List<JsonNode> receipts = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              receipts.clear();
              stack.endpoint().get(resource).path("receipts").forEach(receipts::add);
              Set<String> stages = new TreeSet<>();
              receipts.forEach(receipt -> stages.add(receipt.path("stage").asText()));
              assertThat(stages).contains("ingest", "cleanse", "training", "eval");
            });
    return receipts;
  }

  /** Every table and file that holds the sentence. */
  private static List<String> places(TestStack stack, StackDirectory data)
      throws IOException, SQLException {
    List<String> places = new ArrayList<>();
    byte[] wanted = PLANTED.getBytes(StandardCharsets.UTF_8);
    try (Stream<Path> files = Files.walk(data.root())) {
      // a table's file keeps dead rows until they are swept; what counts there is what SQL finds
      files
          .filter(file -> !file.startsWith(data.postgres()))
          .filter(Files::isRegularFile)
          .filter(file -> holds(file, wanted))
          .forEach(file -> places.add(data.root().relativize(file).toString()));
    }
    places.addAll(tables(stack, data));
    return places;
  }

  private static boolean holds(Path file, byte[] wanted) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
          .contains(new String(wanted, StandardCharsets.ISO_8859_1));
    } catch (java.nio.file.NoSuchFileException e) {
      return false; // erased while we look
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> tables(TestStack stack, StackDirectory data)
      throws IOException, SQLException {
    int port = stack.state().child("postgresql").orElseThrow().port();
    String password = Files.readString(data.postgres().resolve("password")).strip();
    String hex = HexFormat.of().formatHex(PLANTED.getBytes(StandardCharsets.UTF_8));
    List<String> found = new ArrayList<>();
    PGSimpleDataSource database = new PGSimpleDataSource();
    database.setUrl("jdbc:postgresql://127.0.0.1:" + port + "/migaki");
    try (Connection connection = database.getConnection("migaki", password);
        Statement statement = connection.createStatement()) {
      for (String table : tableNames(statement)) {
        String sql =
            "select count(*) from %1$s t where t::text like '%%%2$s%%' or t::text like '%%%3$s%%'"
                .formatted(table, PLANTED, hex);
        try (ResultSet rows = statement.executeQuery(sql)) {
          rows.next();
          if (rows.getLong(1) > 0) {
            found.add("table " + table);
          }
        }
      }
    }
    return found;
  }

  private static List<String> tableNames(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        statement.executeQuery(
            "select quote_ident(table_schema) || '.' || quote_ident(table_name)"
                + " from information_schema.tables where table_type = 'BASE TABLE'"
                + " and table_schema not in ('pg_catalog', 'information_schema')")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }
}
