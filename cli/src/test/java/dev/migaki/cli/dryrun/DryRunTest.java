package dev.migaki.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DryRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MANY = 20_000;

  @TempDir private Path directory;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void shouldGiveOneLinePerLineWithTheSameIdWhenInputIsJsonl() throws IOException {
    // Given
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < MANY; i++) {
      lines.append("{\"id\":").append(i).append(",\"text\":\"t").append(i).append("\"}\n");
    }
    // When
    long broken = run(stream(lines.toString()), List.of());
    // Then
    assertThat(broken).isZero();
    List<JsonNode> results = results();
    assertThat(results).hasSize(MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(results.get(i).path("id").asInt()).isEqualTo(i);
      assertThat(results.get(i).path("length").asInt()).isEqualTo(("t" + i).length());
    }
  }

  @Test
  void shouldNameTheLineAndGoOnWhenALineIsMalformed() throws IOException {
    // Given
    String lines =
        "{\"id\":\"a\",\"text\":\"x\"}\n{\"id\":\"b\"}\n{broken\n{\"id\":\"d\",\"text\":\"y\"}\n";
    // When
    long broken = run(stream(lines), List.of());
    // Then
    assertThat(broken).isEqualTo(2);
    assertThat(results()).extracting(node -> node.path("id").asText("")).hasSize(4);
    assertThat(results().get(1).at("/rejected/code").asText()).isEqualTo("MALFORMED_LINE");
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("line 2").contains("line 3");
  }

  @Test
  void shouldNameALineThatIsTooLongAndGoOn() throws IOException {
    // Given
    InputStream endless =
        new SequenceInputStream(
            Collections.enumeration(
                List.of(
                    stream("{\"id\":1,\"text\":\"x\"}\n{\"id\":2,\"text\":\""),
                    new Repeated('y', 300L << 20),
                    stream("\"}\n{\"id\":3,\"text\":\"z\"}"))));
    // When
    long broken = run(endless, List.of());
    // Then
    assertThat(broken).isEqualTo(1);
    assertThat(results()).extracting(node -> node.path("id").asInt()).containsExactly(1, 0, 3);
    assertThat(err.toString(StandardCharsets.UTF_8))
        .contains("line 2")
        .contains("longer than 67108864 bytes");
  }

  /** A byte, many times. */
  private static final class Repeated extends InputStream {
    private final int value;
    private long left;

    Repeated(int value, long times) {
      this.value = value;
      this.left = times;
    }

    @Override
    public int read() {
      return left-- > 0 ? value : -1;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
      int count = (int) Math.min(left, length);
      Arrays.fill(buffer, offset, offset + count, (byte) value);
      left -= count;
      return count > 0 ? count : -1;
    }
  }

  @Test
  void shouldTakeAFileAsOneDocumentWhenItIsNotLinesOfText() throws IOException {
    // Given
    Files.writeString(directory.resolve("b.txt"), "plain");
    Files.writeString(directory.resolve("a.jsonl"), "{\"messages\":[]}\n{\"messages\":[]}\n");
    Files.writeString(directory.resolve(".hidden"), "no");
    // When
    run(stream(""), List.of(directory));
    // Then
    assertThat(results())
        .extracting(node -> node.path("id").asText())
        .containsExactly("a.jsonl", "b.txt");
  }

  @Test
  void shouldKeepTheIdsTypeWhenIdIsNoString() throws IOException {
    // Given
    String lines = "{\"id\":{\"n\":1},\"text\":\"x\"}\n";
    // When
    run(stream(lines), List.of());
    // Then
    assertThat(results().get(0).at("/id/n").asInt()).isEqualTo(1);
  }

  @Test
  void shouldCountCodePointsWhenTextHasSurrogates() {
    // Given
    CodePoints positions = new CodePoints("a😀b😀c");
    // When / Then
    assertThat(positions.at(1)).isEqualTo(1);
    assertThat(positions.at(3)).isEqualTo(2);
    assertThat(positions.at(6)).isEqualTo(4);
    assertThat(positions.at(1)).isEqualTo(1);
  }

  private long run(InputStream input, List<Path> paths) throws IOException {
    PrintStream printed = new PrintStream(out, true, StandardCharsets.UTF_8);
    PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
    Function<DryRunInput, DryRun.Result> lengths = DryRunTest::length;
    return new DryRun(printed, errors, true, DocumentsRecipe.defaults()).run(paths, input, lengths);
  }

  private static DryRun.Result length(DryRunInput input) {
    int length =
        input instanceof DryRunInput.Line line
            ? line.text().length()
            : ((DryRunInput.Document) input).bytes().length;
    return new DryRun.Result() {
      @Override
      public List<ObjectNode> json() {
        return List.of(JSON.createObjectNode().put("length", length));
      }

      @Override
      public String text() {
        return "";
      }
    };
  }

  private List<JsonNode> results() throws IOException {
    List<JsonNode> nodes = new ArrayList<>();
    for (String line : out.toString(StandardCharsets.UTF_8).lines().toList()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
