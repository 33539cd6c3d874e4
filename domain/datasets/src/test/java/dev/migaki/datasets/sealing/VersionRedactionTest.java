package dev.migaki.datasets.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.spill.SpillSpace;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VersionRedactionTest {
  private SpillSpace space;

  @BeforeEach
  void open(@TempDir Path directory) {
    space = new SpillSpace(directory);
  }

  @AfterEach
  void close() {
    space.close();
  }

  private static final Map<String, byte[]> FILES =
      Map.of(
          "train",
          bytes("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n"),
          "test",
          bytes("{\"n\":4}\n"),
          "preference",
          bytes("{\"n\":5}\n{\"n\":6}\n"),
          "card",
          bytes("<html>1 2 3</html>"),
          "contradictions",
          bytes(
              "{\"first\":{\"source\":{\"document\":\"a\"}},\"second\":{\"source\":{\"document\":\"b\"}}}\n"),
          "lineage",
          bytes(
              """
              {"file":"train","line":1,"sources":[{"document":"b"}]}
              {"file":"train","line":2,"sources":[{"document":"b"},{"document":"a"}]}
              {"file":"train","line":3,"sources":[{"document":"b"}]}
              {"file":"test","line":1,"sources":[{"document":"a"}]}
              {"file":"preference","line":1,"sources":[{"document":"a"}]}
              {"file":"preference","line":2,"sources":[{"document":"b"}]}
              """));

  @Test
  void shouldTakeOutEveryLineThatTheLineageTracesToTheDocument() {
    // When
    VersionRedaction.Redacted redacted = without("a", FILES);

    // Then
    assertThat(redacted.lines()).isEqualTo(3);
    assertThat(text(redacted, "preference")).isEqualTo("{\"n\":6}\n");
    assertThat(text(redacted, "train")).isEqualTo("{\"n\":1}\n{\"n\":3}\n");
    assertThat(text(redacted, "test")).isEmpty();
    assertThat(text(redacted, "contradictions")).isEmpty();
    assertThat(redacted.files()).doesNotContainKey("card");
  }

  @Test
  void shouldKeepTheLineageInStepWithTheLines() {
    // When
    VersionRedaction.Redacted redacted = without("a", FILES);

    // Then
    assertThat(text(redacted, "lineage"))
        .isEqualTo(
            """
            {"file":"train","line":1,"sources":[{"document":"b"}]}
            {"file":"train","line":2,"sources":[{"document":"b"}]}
            {"file":"preference","line":1,"sources":[{"document":"b"}]}
            """);
    assertThat(without("a", contents(redacted)).lines()).isZero();
  }

  private VersionRedaction.Redacted without(String documentId, Map<String, byte[]> files) {
    Map<String, Supplier<InputStream>> opened = new HashMap<>();
    files.forEach((name, content) -> opened.put(name, () -> new ByteArrayInputStream(content)));
    return VersionRedaction.without(documentId, opened, space);
  }

  private static Map<String, byte[]> contents(VersionRedaction.Redacted redacted) {
    Map<String, byte[]> contents = new HashMap<>();
    redacted.files().forEach((name, file) -> contents.put(name, file.readAll()));
    return contents;
  }

  private static String text(VersionRedaction.Redacted redacted, String file) {
    return new String(contents(redacted).getOrDefault(file, new byte[0]), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
