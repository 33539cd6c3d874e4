package dev.migaki.documents.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked.Entry;
import dev.migaki.documents.parsing.RejectionCode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ParserProtocolTest {

  private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(pipe);

  @Test
  void shouldCarryRequests() throws IOException {
    // When
    ParseHints hints = new ParseHints("名前.pdf", null, "ja");
    ParserProtocol.writeRequest(
        out,
        new ParserProtocol.Request(
            "abc".getBytes(UTF_8),
            hints,
            Path.of("place"),
            ParseLimits.defaults(),
            Duration.ofSeconds(3)));

    // Then
    DataInputStream in = in();
    ParserProtocol.Request read = ParserProtocol.readRequest(in);
    assertThat(read).isNotNull();
    assertThat(read.hints()).isEqualTo(hints);
    assertThat(read.directory()).isEqualTo(Path.of("place"));
    assertThat(read.limits()).isEqualTo(ParseLimits.defaults());
    assertThat(read.bytes()).isEqualTo("abc".getBytes(UTF_8));
    assertThat(ParserProtocol.readRequest(in)).isNull();
  }

  @Test
  void shouldCarryOutcomes() throws IOException {
    // Given
    ParseOutcome parsed =
        new ParseOutcome.Parsed(
            new ParsedDocument(
                "text/plain", null, null, null, List.of(new Block.Paragraph("p", 0))),
            List.of("line 2: left out"));
    ParseOutcome rejected = new ParseOutcome.Rejected(RejectionCode.BOMB, "no");
    ParseOutcome unpacked =
        new ParseOutcome.Unpacked(
            "application/zip",
            List.of(
                new Entry("返品.txt", Path.of("0"), 7, null, null),
                new Entry("b", null, 0, RejectionCode.ENCRYPTED, "locked")),
            List.of("cut"));

    // When
    ParserProtocol.writeOutcome(out, parsed);
    ParserProtocol.writeOutcome(out, rejected);
    ParserProtocol.writeOutcome(out, unpacked);

    // Then
    DataInputStream in = in();
    assertThat(ParserProtocol.readOutcome(in)).isEqualTo(parsed);
    assertThat(ParserProtocol.readOutcome(in)).isEqualTo(rejected);
    assertThat(ParserProtocol.readOutcome(in)).isEqualTo(unpacked);
  }

  private DataInputStream in() {
    return new DataInputStream(new ByteArrayInputStream(pipe.toByteArray()));
  }
}
