package dev.migaki.documents.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.RejectionCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class IsolatedParserTest {

  private static final List<RejectionCode> REPLACED = new ArrayList<>();
  private static final IsolatedParser PARSER =
      new IsolatedParser(IsolatedParser.Settings.of(1), (pid, reason) -> REPLACED.add(reason));

  @AfterAll
  static void close() {
    PARSER.close();
  }

  @Test
  void shouldGoOnWhenDocumentsHangOrEatTheHeap() throws Exception {
    // Given
    byte[] deep = ("<div>".repeat(400_000) + "x").getBytes(UTF_8);
    byte[] large = "この文はメモリを使い切るためのものです。\n".repeat(600_000).getBytes(UTF_8);

    // When
    ParseOutcome hung = PARSER.parse(deep, name("deep.html"), bounds(384, 400));
    ParseOutcome hungry = PARSER.parse(large, name("large.txt"), bounds(64, 30_000));
    ParseOutcome good = PARSER.parse("Good.".getBytes(UTF_8), name("good.txt"), bounds(64, 30_000));

    // Then
    assertThat(code(hung)).isEqualTo(RejectionCode.TIMEOUT);
    assertThat(code(hungry)).isEqualTo(RejectionCode.TOO_MUCH_MEMORY);
    assertThat(((ParseOutcome.Parsed) good).document().text()).isEqualTo("Good.");
    assertThat(REPLACED).contains(RejectionCode.TIMEOUT, RejectionCode.TOO_MUCH_MEMORY);
  }

  @Test
  void shouldNotEvenSendWhatIsTooLarge() throws Exception {
    // Given
    ParseLimits small = new ParseLimits(10, 100, 10, 10, 100, 1000, 1);

    // When
    ParseOutcome outcome =
        PARSER.parse(
            new byte[11], name("a.txt"), new ParseBounds(small, 64, Duration.ofSeconds(30)));

    // Then
    assertThat(code(outcome)).isEqualTo(RejectionCode.TOO_LARGE);
  }

  private static RejectionCode code(ParseOutcome outcome) {
    return ((ParseOutcome.Rejected) outcome).code();
  }

  private static ParseHints name(String filename) {
    return ParseHints.ofFilename(filename);
  }

  private static ParseBounds bounds(int heapMegabytes, long millis) {
    return new ParseBounds(ParseLimits.defaults(), heapMegabytes, Duration.ofMillis(millis));
  }
}
