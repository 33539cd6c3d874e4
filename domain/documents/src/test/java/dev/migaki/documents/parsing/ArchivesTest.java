package dev.migaki.documents.parsing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.parsing.ParseOutcome.Rejected;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked.Entry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.sevenz.SevenZArchiveEntry;
import org.apache.commons.compress.archivers.sevenz.SevenZOutputFile;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchivesTest {

  private static final DocumentParser PARSER = new DocumentParser(ParseLimits.defaults());

  @TempDir Path directory;

  @Test
  void shouldUnpackEachFileUnderItsPathWhateverTheKindOfArchive() throws IOException {
    // Given
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("faq/返品.txt", text("返品できますか。"));
    files.put("__MACOSX/._返品.txt", text("not this"));
    files.put("faq/.DS_Store", text("nor this"));
    files.put("./b\\c.txt", text("At nine."));

    for (byte[] archive :
        List.of(Files.zip(files), tar(files), gzip(tar(files)), sevenZip(files))) {
      // When
      Unpacked unpacked = unpacked("faq.bin", archive);

      // Then
      assertThat(unpacked.entries())
          .extracting(entry -> entry.path() + " = " + content(entry))
          .containsExactly("faq/返品.txt = 返品できますか。", "b/c.txt = At nine.");
    }
  }

  @Test
  void shouldTakeWhatIsInAGzipFileByItsName() throws IOException {
    // Then
    assertThat(unpacked("drop/manual.txt.gz", gzip(text("Press the button."))).entries())
        .extracting(entry -> entry.path() + " = " + content(entry))
        .containsExactly("manual.txt = Press the button.");
  }

  @Test
  void shouldLookIntoArchivesInsideButNotIntoDocuments() {
    // Given
    byte[] docx = Files.zip(Map.of("[Content_Types].xml", text(CONTENT_TYPES)));
    byte[] inner = Files.zip(Map.of("deep.txt", text("Deep.")));

    // When
    Unpacked unpacked = unpacked("a.zip", Files.zip(ordered("x.docx", docx, "in/n.zip", inner)));

    // Then
    assertThat(unpacked.entries())
        .extracting(Entry::path)
        .containsExactly("x.docx", "in/n.zip!/deep.txt");
    assertThat(leftFiles()).isEqualTo(2);
  }

  @Test
  void shouldRefuseOnlyTheFilesThatCannotBeHad() throws IOException {
    // Given
    byte[] good = text("Good.");
    byte[] damaged = Files.zip(Map.of("n.txt", text("x".repeat(500))));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("good.txt", good);
    files.put("../../etc/passwd", text("root"));
    files.put("large.txt", new byte[2000]);
    files.put("broken.zip", Arrays.copyOf(damaged, 40));
    files.put("locked.txt", good);
    files.put("empty.zip", Files.zip(Map.of("d/", new byte[0])));
    byte[] archive = withPassword(Files.zip(files), "locked.txt");

    // When
    ParseLimits small = new ParseLimits(1500, 100, 20, 100, 1 << 20, 1 << 20, 3);
    ParseOutcome outcome = PARSER.open(archive, ParseHints.ofFilename("a.zip"), small, directory);

    // Then
    assertThat(((Unpacked) outcome).entries())
        .extracting(entry -> entry.path() + " " + entry.code())
        .containsExactlyInAnyOrder(
            "good.txt null",
            "__/__/etc/passwd UNSAFE_NAME",
            "large.txt TOO_LARGE",
            "broken.zip!/n.txt DAMAGED",
            "broken.zip DAMAGED",
            "empty.zip EMPTY",
            "locked.txt ENCRYPTED");
    assertThat(leftFiles()).isEqualTo(1);
  }

  @Test
  void shouldReadOnWhenOneFileOfAZipIsDamaged() {
    // Given
    byte[] archive = Files.zip(ordered("a.txt", text("a".repeat(99)), "b.txt", text("Whole.")));
    archive[36] ^= 0x55;

    // Then
    assertThat(unpacked("a.zip", archive).entries())
        .extracting(entry -> entry.path() + " " + entry.code())
        .containsExactly("a.txt DAMAGED", "b.txt null");
  }

  @Test
  void shouldKeepTheLaterOfTwoFilesWithOneName() {
    // Given
    byte[] archive = Files.zip(ordered("a.txt", text("old"), "b.txt", text("new")));
    for (int at = 0; at < archive.length - 5; at++) {
      if (new String(archive, at, 5, UTF_8).equals("b.txt")) {
        archive[at] = 'a';
      }
    }

    // Then
    assertThat(unpacked("a.zip", archive).entries())
        .extracting(entry -> entry.path() + " = " + content(entry))
        .containsExactly("a.txt = new");
    assertThat(leftFiles()).isEqualTo(1);
  }

  @Test
  void shouldPassOverLinks() throws IOException {
    // Given
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
      TarArchiveEntry link = new TarArchiveEntry("shadow.txt", TarConstants.LF_SYMLINK);
      link.setLinkName("/etc/shadow");
      tar.putArchiveEntry(link);
      tar.closeArchiveEntry();
      add(tar, "n.txt", text("Note."));
    }

    // Then
    assertThat(unpacked("a.tar", bytes.toByteArray()).entries())
        .extracting(Entry::path)
        .containsExactly("n.txt");
  }

  @Test
  void shouldSayWhyOnceWhenAllFilesAreRefusedForOneReason() {
    // Given
    byte[] locked = withPassword(Files.zip(Map.of("n.txt", text("Note."))), "n.txt");
    byte[] inner = text("deep");
    for (int depth = 0; depth < 7; depth++) {
      inner = Files.zip(Map.of("n.zip", inner));
    }

    // Then
    assertThat(refused("a.zip", locked)).isEqualTo(RejectionCode.ENCRYPTED);
    assertThat(refused("a.zip", inner)).isEqualTo(RejectionCode.TOO_DEEP);
    assertThat(refused("a.zip", Files.zip(Map.of("d/", new byte[0]))))
        .isEqualTo(RejectionCode.EMPTY);
    assertThat(leftFiles()).isZero();
  }

  @Test
  void shouldCountWhatArchivesInsideUnpackToAsTheOutermostArchives() {
    // Given
    byte[] zeros = Files.zip(Map.of("z.txt", new byte[40 << 20]));
    byte[] bomb = Files.zip(ordered("1.zip", zeros, "2.zip", zeros, "a.txt", text("Harmless.")));
    Map<String, byte[]> many = new LinkedHashMap<>();
    for (int n = 0; n < 40; n++) {
      many.put(n + ".txt", text("n" + n));
    }
    byte[] crowd = Files.zip(many);
    byte[] crowds = Files.zip(ordered("1.zip", crowd, "2.zip", crowd));
    ParseLimits limits = new ParseLimits(1 << 20, 100, 60, 100, 1 << 20, 1 << 20, 3);

    // Then
    assertThat(refused("a.zip", bomb)).isEqualTo(RejectionCode.BOMB);
    assertThat(((Rejected) open("a.zip", crowds, limits)).code()).isEqualTo(RejectionCode.BOMB);
  }

  @Test
  void shouldSayTooLargeWhenAllFilesTogetherAre() {
    // Given
    Random random = new Random(3);
    byte[] noise = new byte[600];
    random.nextBytes(noise);
    byte[] archive = Files.zip(ordered("1.bin", noise, "2.bin", noise));

    // When
    ParseLimits limits = new ParseLimits(1 << 20, 100, 60, 100, 1 << 20, 1000, 3);
    Rejected outcome = (Rejected) open("a.zip", archive, limits);

    // Then
    assertThat(outcome.code()).isEqualTo(RejectionCode.TOO_LARGE);
    assertThat(outcome.message()).contains("in all");
  }

  @Test
  void shouldKeepWhatCameBeforeWhenAnArchiveBreaksOff() throws IOException {
    // Given
    byte[] tar = tar(ordered("a.txt", text("Whole."), "b.txt", text("x".repeat(3000))));

    // When
    Unpacked unpacked = unpacked("a.tar", Arrays.copyOf(tar, 2000));

    // Then
    assertThat(unpacked.entries())
        .extracting(entry -> entry.path() + " " + entry.code())
        .containsExactly("a.txt null", "b.txt DAMAGED");
    assertThat(unpacked.warnings()).hasSize(1);
  }

  @Test
  void shouldReadWhatIsNoArchiveAsADocument() {
    // Then
    assertThat(open("a.txt", text("A note."), ParseLimits.defaults()))
        .isInstanceOf(ParseOutcome.Parsed.class);
    assertThat(leftFiles()).isZero();
  }

  @Test
  void shouldEndWithAReasonWhateverBytesFollowTheSignOfAnArchive() {
    // Given
    Random random = new Random(11);
    byte[] whole = Files.zip(ordered("a.txt", text("a".repeat(300)), "b.txt", text("b")));

    for (int round = 0; round < 200; round++) {
      byte[] bytes = whole.clone();
      for (int hit = 0; hit < 4; hit++) {
        bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt(256);
      }

      // Then
      assertThat(open("a.zip", bytes, ParseLimits.defaults()))
          .as("seed 11, round %d", round)
          .isNotNull();
    }
  }

  private static final String CONTENT_TYPES =
      "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'><Override"
          + " PartName='/word/document.xml' ContentType='application/vnd.openxmlformats-"
          + "officedocument.wordprocessingml.document.main+xml'/></Types>";

  private ParseOutcome open(String name, byte[] bytes, ParseLimits limits) {
    return PARSER.open(bytes, ParseHints.ofFilename(name), limits, directory);
  }

  private Unpacked unpacked(String name, byte[] bytes) {
    ParseOutcome outcome = open(name, bytes, ParseLimits.defaults());
    assertThat(outcome).isInstanceOf(Unpacked.class);
    return (Unpacked) outcome;
  }

  private RejectionCode refused(String name, byte[] bytes) {
    ParseOutcome outcome = open(name, bytes, ParseLimits.defaults());
    assertThat(outcome).isInstanceOf(Rejected.class);
    return ((Rejected) outcome).code();
  }

  private long leftFiles() {
    try (Stream<Path> files = java.nio.file.Files.list(directory)) {
      return files.count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(Entry entry) {
    try {
      return java.nio.file.Files.readString(Objects.requireNonNull(entry.file()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, byte[]> ordered(String a, byte[] first, String b, byte[] second) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(a, first);
    files.put(b, second);
    return files;
  }

  private static Map<String, byte[]> ordered(
      String a, byte[] first, String b, byte[] second, String c, byte[] third) {
    Map<String, byte[]> files = ordered(a, first, b, second);
    files.put(c, third);
    return files;
  }

  private static byte[] text(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] tar(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, UTF_8.name())) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        add(tar, file.getKey(), file.getValue());
      }
    }
    return bytes.toByteArray();
  }

  private static void add(TarArchiveOutputStream tar, String name, byte[] content)
      throws IOException {
    TarArchiveEntry entry = new TarArchiveEntry(name);
    entry.setSize(content.length);
    tar.putArchiveEntry(entry);
    tar.write(content);
    tar.closeArchiveEntry();
  }

  /** Compressed as 7-Zip does it, with a dictionary of some megabytes. */
  private static byte[] sevenZip(Map<String, byte[]> files) throws IOException {
    SeekableInMemoryByteChannel bytes = new SeekableInMemoryByteChannel();
    try (SevenZOutputFile archive = new SevenZOutputFile(bytes)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        SevenZArchiveEntry entry = new SevenZArchiveEntry();
        entry.setName(file.getKey());
        archive.putArchiveEntry(entry);
        archive.write(file.getValue());
        archive.closeArchiveEntry();
      }
    }
    return Arrays.copyOf(bytes.array(), (int) bytes.size());
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(content);
    }
    return bytes.toByteArray();
  }

  /** Sets the mark of a password on a file in a ZIP's directory and before the file itself. */
  private static byte[] withPassword(byte[] zip, String name) {
    for (int at = 0; at < zip.length - name.length(); at++) {
      if (new String(zip, at, name.length(), UTF_8).equals(name)) {
        if (at >= 46 && zip[at - 46] == 'P' && zip[at - 45] == 'K' && zip[at - 44] == 1) {
          zip[at - 46 + 8] |= 1;
        } else if (zip[at - 30] == 'P' && zip[at - 29] == 'K') {
          zip[at - 30 + 6] |= 1;
        }
      }
    }
    return zip;
  }
}
