package dev.migaki.datasets.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class VersionRedactionTest {

  private static final Map<String, byte[]> FILES =
      Map.of(
          "train",
          bytes("{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n"),
          "test",
          bytes("{\"n\":4}\n"),
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
              """));

  @Test
  void shouldTakeOutEveryLineThatTheLineageTracesToTheDocument() {
    // When
    VersionRedaction.Redacted redacted = VersionRedaction.without("a", FILES);

    // Then
    assertThat(redacted.lines()).isEqualTo(2);
    assertThat(text(redacted, "train")).isEqualTo("{\"n\":1}\n{\"n\":3}\n");
    assertThat(text(redacted, "test")).isEmpty();
    assertThat(text(redacted, "contradictions")).isEmpty();
    assertThat(redacted.files()).doesNotContainKey("card");
  }

  @Test
  void shouldKeepTheLineageInStepWithTheLines() {
    // When
    VersionRedaction.Redacted redacted = VersionRedaction.without("a", FILES);

    // Then
    assertThat(text(redacted, "lineage"))
        .isEqualTo(
            """
            {"file":"train","line":1,"sources":[{"document":"b"}]}
            {"file":"train","line":2,"sources":[{"document":"b"}]}
            """);
    assertThat(VersionRedaction.without("a", redacted.files()).lines()).isZero();
  }

  private static String text(VersionRedaction.Redacted redacted, String file) {
    return new String(redacted.files().getOrDefault(file, new byte[0]), UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
