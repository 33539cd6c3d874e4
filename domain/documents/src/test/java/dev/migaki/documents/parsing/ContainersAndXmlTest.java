package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.blocks;
import static dev.migaki.documents.parsing.Files.parse;
import static dev.migaki.documents.parsing.Files.parsed;
import static dev.migaki.documents.parsing.Files.rejected;
import static dev.migaki.documents.parsing.Files.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZMethod;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContainersAndXmlTest {

  @Test
  void shouldReadQuestionAndAnswerElementsAsPairs() {
    // When
    List<Block> blocks =
        blocks(
            "a.xml",
            "<d><topic>Returns</topic><QAPair><Question>Can I <b>return</b> it?</Question>"
                + "<Answer><p>Yes.</p><p>Within 30 days.</p></Answer></QAPair></d>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Block.Paragraph("topic: Returns", 0),
            new Block.QuestionAnswer("Can I return it?", "Yes.\nWithin 30 days.", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<faq><q>May I return it?</q><a>Yes, with <a href='form'>the form</a>.</a></faq>",
        "<d><questions><question><questionText>May I return it?</questionText><answers><answer>"
            + "<answerText>Yes, with the form.</answerText></answer></answers></question>"
            + "</questions></d>",
        "<d><question>May I return it?<answer>Yes, with the form.</answer></question></d>",
        "<d><question><p>May I return it?</p><answer><p>Yes, with the form.</p></answer></question>"
            + "</d>",
        "<d><item><faq-question>May I return it?</faq-question><faq-answer>Yes, with <q>the</q>"
            + " form.</faq-answer></item></d>",
        "<よくある質問><質問>May I return it?</質問><回答>Yes, with the form.</回答></よくある質問>"
      })
  void shouldReadPairsHoweverQuestionAndAnswerElementsAreNested(String xml) {
    assertThat(blocks("a.xml", xml))
        .containsExactly(new Block.QuestionAnswer("May I return it?", "Yes, with the form.", 0));
  }

  @Test
  void shouldKeepTitleOfQuestionListAndQuotationsInText() {
    assertThat(
            blocks(
                "a.xml",
                "<faq><title>Returns</title><p>Staff say <q>gladly</q> to <a href='x'>all</a>.</p>"
                    + "<q>Free?</q><a>It is.</a></faq>"))
        .containsExactly(
            new Block.Heading(1, "Returns", 0),
            new Block.Paragraph("Staff say gladly to all.", 0),
            new Block.QuestionAnswer("Free?", "It is.", 0));
  }

  @Test
  void shouldKeepQuestionWithoutAnswerAsText() {
    assertThat(blocks("a.xml", "<d><question>Why?</question><answer></answer><p>Text.</p></d>"))
        .containsExactly(new Block.Paragraph("Why?", 0), new Block.Paragraph("Text.", 0));
  }

  @Test
  @Timeout(20)
  void shouldReadTextOfElementsThatAreNestedWithoutEnd() {
    // Given
    String deep = "<question>x<td><q/>".repeat(100_000);

    // When
    ParseOutcome outcome = parse("a.xml", deep.getBytes(UTF_8));

    // Then
    ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) outcome;
    assertThat(parsed.document().text().chars().filter(c -> c == 'x').count()).isEqualTo(100_000);
    assertThat(parsed.warnings()).anySatisfy(warning -> assertThat(warning).contains("256"));
  }

  @Test
  void shouldReadArticlesAndRecordsFromXml() {
    // When
    List<Block> blocks =
        blocks(
            "a.xml",
            "<article><title>Manual</title><section><title>Start</title><para>Press the"
                + " button.</para><li>once</li><table><row><entry>k</entry><entry>v</entry></row>"
                + "<row><entry>1</entry><entry>2</entry></row></table></section>"
                + "<product><name>P-1</name><price>10</price></product></article>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Block.Heading(1, "Manual", 0),
            new Block.Heading(2, "Start", 0),
            new Block.Paragraph("Press the button.", 0),
            new Block.ListItem("once", 0, 0),
            new Block.Table(List.of(List.of("k", "v"), List.of("1", "2")), true, 0),
            new Block.Paragraph("name: P-1\nprice: 10", 0));
  }

  @Test
  void shouldKeepWhatCameBeforeWhenXmlBreaksOff() {
    // When
    ParseOutcome outcome = parse("a.xml", "<a><p>Whole.</p><p>Cut".getBytes(UTF_8));

    // Then
    assertThat(((ParseOutcome.Parsed) outcome).document().text()).startsWith("Whole.");
    assertThat(((ParseOutcome.Parsed) outcome).warnings()).hasSize(1);
  }

  @Test
  void shouldReadEachFileOfASevenZipArchive() throws IOException {
    // When
    List<Block> blocks = parsed("a.7z", sevenZip(Map.of("n.txt", "Note."))).blocks();

    // Then
    assertThat(blocks)
        .containsExactly(new Block.Heading(1, "n.txt", 0), new Block.Paragraph("Note.", 0));
  }

  @Test
  void shouldReadNamesOfOldJapaneseArchives() throws IOException {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, Charset.forName("windows-31j"))) {
      zip.putNextEntry(new ZipEntry("よくある質問の一覧.txt"));
      zip.write("返品できます。".getBytes(UTF_8));
    }

    // Then
    assertThat(parsed("a.zip", bytes.toByteArray()).blocks().get(0))
        .isEqualTo(new Block.Heading(1, "よくある質問の一覧.txt", 0));
  }

  @Test
  void shouldReadOnWhenTheDirectoryOfAnArchiveIsMissing() {
    // Given
    byte[] whole = zip(Map.of("n.txt", "Note.".getBytes(UTF_8)));
    byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 30);

    // Then
    assertThat(parsed("a.zip", cut).text()).contains("Note.");
  }

  @Test
  void shouldReadStrictOpenXml() {
    // Given
    String strict = "http://purl.oclc.org/ooxml/";
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put(
        "[Content_Types].xml",
        ("<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Default"
                + " Extension='rels' ContentType='application/vnd.openxmlformats-package.relationships+xml'/>"
                + "<Override PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'/></Types>")
            .getBytes(UTF_8));
    parts.put(
        "_rels/.rels",
        ("<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
                + "<Relationship Id='r1' Type='"
                + strict
                + "officeDocument/relationships/officeDocument' Target='word/document.xml'/></Relationships>")
            .getBytes(UTF_8));
    parts.put(
        "word/document.xml",
        ("<w:document xmlns:w='"
                + strict
                + "wordprocessingml/main'><w:body><w:p><w:r><w:t>Strictly so.</w:t></w:r></w:p></w:body></w:document>")
            .getBytes(UTF_8));

    // Then
    assertThat(parsed("a.docx", zip(parts)).text()).isEqualTo("Strictly so.");
  }

  @Test
  void shouldRepeatCellsThatSpanColumnsButNotCaptions() {
    // When
    List<Block> blocks =
        blocks(
            "a.html",
            "<table><tr><td colspan=3>Prices</td></tr><tr><td>Size</td><td colspan=2>Cost</td></tr>"
                + "<tr><td>S</td><td>1</td><td>2</td></tr></table>");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Block.Paragraph("Prices", 0),
            new Block.Table(
                List.of(List.of("Size", "Cost", "Cost"), List.of("S", "1", "2")), true, 0));
  }

  @Test
  void shouldSayTooDeepWhenArchivesHoldArchivesOnly() {
    // Given
    byte[] inner = "deep".getBytes(UTF_8);
    for (int depth = 0; depth < 8; depth++) {
      inner = zip(Map.of("n.zip", inner));
    }

    // Then
    assertThat(rejected("a.zip", inner).code()).isEqualTo(RejectionCode.TOO_DEEP);
  }

  private static byte[] sevenZip(Map<String, String> files) throws IOException {
    try (SeekableInMemoryByteChannel channel = new SeekableInMemoryByteChannel()) {
      try (SevenZOutputFile archive = new SevenZOutputFile(channel)) {
        archive.setContentCompression(SevenZMethod.COPY);
        for (Map.Entry<String, String> file : files.entrySet()) {
          SevenZArchiveEntry entry = new SevenZArchiveEntry();
          entry.setName(file.getKey());
          archive.putArchiveEntry(entry);
          archive.write(file.getValue().getBytes(UTF_8));
          archive.closeArchiveEntry();
        }
      }
      return java.util.Arrays.copyOf(channel.array(), (int) channel.size());
    }
  }

  @Test
  void shouldReadABookOfWhichOnlyFontsAreObfuscated() {
    // Given
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/epub+zip".getBytes(UTF_8));
    parts.put(
        "META-INF/container.xml",
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles><rootfile full-path='b.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"
            .getBytes(UTF_8));
    parts.put(
        "b.opf",
        "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='c' href='c.xhtml' media-type='application/xhtml+xml'/></manifest><spine><itemref idref='c'/></spine></package>"
            .getBytes(UTF_8));
    parts.put(
        "c.xhtml",
        "<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Bees sleep.</p></body></html>"
            .getBytes(UTF_8));
    String encryption =
        "<encryption xmlns='urn:oasis:names:tc:opendocument:xmlns:container' xmlns:e='http://www.w3.org/2001/04/xmlenc#'>"
            + "<e:EncryptedData><e:CipherData><e:CipherReference URI='%s'/></e:CipherData></e:EncryptedData></encryption>";

    // When
    parts.put("META-INF/encryption.xml", encryption.formatted("font/Sans.ttf").getBytes(UTF_8));
    List<Block> readable = Files.parsed("b.epub", Files.zip(parts)).blocks();
    parts.put("META-INF/encryption.xml", encryption.formatted("c.xhtml").getBytes(UTF_8));
    ParseOutcome.Rejected locked = Files.rejected("b.epub", Files.zip(parts));

    // Then
    assertThat(readable).extracting(Block::text).containsExactly("Bees sleep.");
    assertThat(locked.code()).isEqualTo(RejectionCode.ENCRYPTED);
  }
}
