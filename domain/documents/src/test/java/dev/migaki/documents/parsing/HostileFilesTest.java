package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.parse;
import static dev.migaki.documents.parsing.Files.pdf;
import static dev.migaki.documents.parsing.Files.rejected;
import static dev.migaki.documents.parsing.Files.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.parsing.Files.Line;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostileFilesTest {

  @Test
  void shouldSayEmptyWhenThereIsNothing() {
    // Then
    assertThat(rejected("a.pdf", new byte[0]).code()).isEqualTo(RejectionCode.EMPTY);
    assertThat(rejected("a.txt", " \n\t\n".getBytes(UTF_8)).code()).isEqualTo(RejectionCode.EMPTY);
  }

  @Test
  void shouldSayEncryptedWhenPdfHasAPassword() {
    // When
    byte[] file = pdf(List.of(List.of(Line.body("secret", 700))), "pw");

    // Then
    assertThat(rejected("a.pdf", file).code()).isEqualTo(RejectionCode.ENCRYPTED);
  }

  @Test
  void shouldSayNoTextWhenPdfIsBlank() {
    // Then
    assertThat(rejected("a.pdf", pdf(List.of(List.of()), "")).code())
        .isEqualTo(RejectionCode.NO_TEXT);
  }

  @Test
  void shouldSayDamagedWhenContainersAreCutOff() {
    // When
    byte[] whole =
        zip(Map.of("word/document.xml", new byte[5000], "[Content_Types].xml", new byte[9]));
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);

    // Then
    assertThat(rejected("a.docx", cut).code()).isEqualTo(RejectionCode.DAMAGED);
    assertThat(rejected("a.pdf", "%PDF-1.7\n1 0 obj <<".getBytes(UTF_8)).code())
        .isEqualTo(RejectionCode.DAMAGED);
  }

  @Test
  void shouldSayBombWhenZipUnpacksToMuch() {
    // When
    byte[] bomb = zip(Map.of("zeros.txt", new byte[100 << 20]));

    // Then
    assertThat(rejected("a.zip", bomb).code()).isEqualTo(RejectionCode.BOMB);
  }

  @Test
  void shouldEndWhenZipsAreNestedDeeply() {
    // When
    byte[] inner = "deep".getBytes(UTF_8);
    for (int depth = 0; depth < 20; depth++) {
      inner = zip(Map.of("n.zip", inner));
    }

    // Then
    assertThat(parse("a.zip", inner)).isInstanceOf(ParseOutcome.Rejected.class);
  }

  @Test
  void shouldSayTooLargeWhenLimitsAreExceeded() {
    // Given
    ParseLimits limits = new ParseLimits(1000, 50, 10, 100, 1 << 20, 1 << 30, 3);
    DocumentParser parser = new DocumentParser(limits);

    // When
    ParseOutcome bytes = parser.parse("x".repeat(1001).getBytes(UTF_8), ParseHints.none());
    ParseOutcome characters = parser.parse("x y ".repeat(100).getBytes(UTF_8), ParseHints.none());

    // Then
    assertThat(((ParseOutcome.Rejected) bytes).code()).isEqualTo(RejectionCode.TOO_LARGE);
    assertThat(((ParseOutcome.Rejected) characters).code()).isEqualTo(RejectionCode.TOO_LARGE);
  }

  @Test
  void shouldEndWhenMarkupIsNestedWithoutEnd() {
    // Then
    assertThat(parse("a.html", ("<div>".repeat(50_000) + "x").getBytes(UTF_8))).isNotNull();
    assertThat(parse("a.json", "[".repeat(100_000).getBytes(UTF_8)))
        .isInstanceOf(ParseOutcome.Rejected.class);
    assertThat(parse("a.md", ("> ".repeat(5_000) + "x").getBytes(UTF_8))).isNotNull();
    assertThat(parse("a.xml", ("<a>".repeat(100_000)).getBytes(UTF_8))).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "deep-bold.html",
        "wide-spans.html",
        "deep-objects.json",
        "entities.xml",
        "attributes.xml",
        "dimension.xlsx",
        "all-merged.xlsx",
        "wide-cells.docx",
        "deep-groups.rtf",
        "cyclic-spine.epub",
        "quotes.eml",
        "quoted-lines.eml",
        "cyclic-pages.pdf",
        "deep-arrays.pdf",
        "two-billion-pages.pdf",
        "dictionary-of-4-gb.7z",
        "cyclic-chain.doc"
      })
  @Timeout(60)
  void shouldEndWithTextOrAReasonWhenFileIsHostile(String name) {
    // When
    ParseOutcome outcome = parse(name, HostileFiles.all().get(name).bytes());

    // Then
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      assertThat(rejected.message()).isNotBlank();
    } else {
      assertThat(((ParseOutcome.Parsed) outcome).document().text()).isNotBlank();
    }
  }

  @Test
  void shouldSayUnsupportedWhenFileIsAPicture() {
    // When
    byte[] png = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10, 0, 0, 0, 13, 'I', 'H', 'D', 'R'};

    // Then
    assertThat(rejected("a.png", png).code()).isEqualTo(RejectionCode.UNSUPPORTED);
  }

  @Test
  void shouldGiveTheSameVerdictTwiceWhenBytesAreRandom() {
    // Given
    Random random = new Random(7);
    String[] names = {"a.pdf", "a.docx", "a.eml", "a.json", "a.csv", "a.html", "a.md", "a.txt"};

    for (int round = 0; round < 80; round++) {
      byte[] bytes = new byte[random.nextInt(400) + 1];
      random.nextBytes(bytes);

      // When
      ParseOutcome first = parse(names[round % names.length], bytes);
      ParseOutcome second = parse(names[round % names.length], bytes);

      // Then
      assertThat(second).as("seed 7, round %d", round).isEqualTo(first);
    }
  }
}
