package dev.migaki.documents.parsing;

import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.parsing.DetectedType.Format;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.TikaException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/**
 * Reads a file of any format: finds out what it is, hands it to the reader of that format, and
 * turns every way to fail into a reason.
 *
 * <p>Bounded in bytes, characters, archive entries and nesting, but neither in time nor in heap:
 * files of strangers belong into a process of their own. Thread-safe.
 */
public final class DocumentParser {

  private final ParseLimits limits;
  private final FormatDetector detector;
  private final Map<Format, FormatReader> readers = new EnumMap<>(Format.class);

  /** Loads the parsers, which takes about two seconds: make one and keep it. */
  public DocumentParser(ParseLimits limits) {
    this.limits = limits;
    TikaConfig tika = loadTika();
    this.detector = new FormatDetector(tika);
    EmbeddedReader embedded = this::readEmbedded;
    readers.put(Format.PLAIN_TEXT, new PlainTextReader());
    readers.put(Format.MARKDOWN, new MarkdownReader());
    readers.put(Format.HTML, new HtmlReader());
    readers.put(Format.CSV, new CsvReader());
    readers.put(Format.JSON, new JsonReader());
    readers.put(Format.MAIL, new MailReader(embedded));
    readers.put(Format.MAILBOX, new MailReader(embedded));
    readers.put(Format.XML, new XmlReader());
    ArchiveReader archives = new ArchiveReader(embedded);
    readers.put(Format.ZIP, archives);
    readers.put(Format.SEVEN_ZIP, archives);
    readers.put(Format.TAR, archives);
    readers.put(Format.GZIP, archives);
    readers.put(Format.PDF, new PdfReader());
    readers.put(Format.OFFICE, new OfficeReader(tika));
  }

  private static TikaConfig loadTika() {
    try (InputStream config = DocumentParser.class.getResourceAsStream("tika-config.xml")) {
      return new TikaConfig(config);
    } catch (IOException | TikaException | SAXException e) {
      throw new IllegalStateException("tika-config.xml must be loadable", e);
    }
  }

  /**
   * Reads a file from disk.
   *
   * @throws IOException when the disk fails; a damaged file is an outcome
   */
  public ParseOutcome parse(Path file, ParseHints hints) throws IOException {
    if (Files.size(file) > limits.maxBytes()) {
      return ParseOutcome.tooLarge(limits);
    }
    return parse(Files.readAllBytes(file), hints);
  }

  /** Reads a file that is in memory. */
  public ParseOutcome parse(byte[] bytes, ParseHints hints) {
    return parse(bytes, hints, limits);
  }

  /** Reads a file that is in memory within limits of its own. */
  public ParseOutcome parse(byte[] bytes, ParseHints hints, ParseLimits within) {
    if (bytes.length > within.maxBytes()) {
      return ParseOutcome.tooLarge(within);
    }
    Blocks blocks = new Blocks(within.maxCharacters());
    try {
      ParsedDocument document = read(bytes, hints, within, 0, blocks);
      return new ParseOutcome.Parsed(document, blocks.warnings());
    } catch (Refusal refusal) {
      return new ParseOutcome.Rejected(refusal.code(), refusal.reason());
    }
  }

  /** Whether {@link #open} may find an archive in these bytes; looks at the first ones only. */
  public static boolean mayBeArchive(byte[] bytes) {
    return ArchiveSigns.in(bytes);
  }

  /**
   * Reads a file that is in memory; the files of an archive are unpacked into a directory instead,
   * under numbers, whatever their names are.
   */
  public ParseOutcome open(byte[] bytes, ParseHints hints, ParseLimits within, Path directory) {
    if (bytes.length > within.maxBytes()) {
      return ParseOutcome.tooLarge(within);
    }
    try {
      DetectedType type = ArchiveUnpacker.typeOf(bytes, hints, detector);
      return type == null
          ? parse(bytes, hints, within)
          : new ArchiveUnpacker(detector, within, bytes.length, directory)
              .unpack(bytes, type, hints.baseName());
    } catch (Refusal refusal) {
      return new ParseOutcome.Rejected(refusal.code(), refusal.reason());
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // what cannot be told apart is read, which gives the reason
      return parse(bytes, hints, within);
    }
  }

  private ParsedDocument read(
      byte[] bytes, ParseHints hints, ParseLimits within, int depth, Blocks blocks) throws Refusal {
    if (isBlank(bytes)) {
      throw new Refusal(RejectionCode.EMPTY, "The file is empty.");
    }
    if (ArchiveSigns.isZip(bytes)) {
      ZipBounds.check(bytes, within);
    }
    ParsedDocument raw = readWithReasons(bytes, hints, within, depth, blocks);
    List<Block> found = QuestionBlocks.rewrite(ArmouredText.join(raw.blocks()));
    Refusal inside = blocks.refusal();
    if (found.isEmpty() && inside != null) {
      throw inside;
    }
    if (found.isEmpty()) {
      throw withoutText(raw.mediaType());
    }
    String language = hints.language() == null ? raw.language() : hints.language();
    return new ParsedDocument(raw.mediaType(), raw.charset(), language, raw.title(), found);
  }

  // Parsers of foreign formats throw whatever a broken file makes them throw: IllegalState,
  // ArrayIndexOutOfBounds, StackOverflow. All of it means that the file is not well-formed.
  private ParsedDocument readWithReasons(
      byte[] bytes, ParseHints hints, ParseLimits within, int depth, Blocks blocks) throws Refusal {
    try {
      DetectedType type = detector.detect(bytes, hints);
      Source source = new Source(bytes, hints, type, depth, within);
      FormatReader reader = readers.get(type.format());
      if (reader == null) {
        throw new IllegalStateException("every format has a reader");
      }
      return reader.read(source, blocks);
    } catch (Blocks.TooManyCharacters e) {
      throw new Refusal(
          RejectionCode.TOO_LARGE,
          "The file holds more than " + within.maxCharacters() + " characters. Split it.");
    } catch (IOException | RuntimeException | StackOverflowError e) {
      throw OfficeReader.damaged();
    }
  }

  private void readEmbedded(
      String name, @Nullable String contentType, byte[] bytes, Source outer, Blocks into) {
    String label = name.isBlank() ? "attachment" : name;
    ParseLimits within = outer.limits();
    if (outer.depth() + 1 > within.maxDepth()) {
      into.warn("a file inside is nested too deeply, left out");
      into.refused(ArchiveEntries.tooDeep(within));
      return;
    }
    Blocks inner = new Blocks(within.maxCharacters());
    ParseHints hints = new ParseHints(name.isBlank() ? null : name, contentType, null);
    try {
      List<Block> found = read(bytes, hints, within, outer.depth() + 1, inner).blocks();
      into.heading(1, label.substring(label.lastIndexOf('/') + 1));
      found.forEach(into::add);
      inner.warnings().forEach(into::warn);
    } catch (Refusal refusal) {
      into.warn("a file inside was left out: " + refusal.code());
      into.refused(refusal);
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t' && b != 0) {
        return false;
      }
    }
    return true;
  }

  private static Refusal withoutText(String mediaType) {
    String message =
        mediaType.equals("application/pdf")
            ? "The PDF holds no text, only pictures (a scan?). Send it with recognised text."
            : "The file holds no text.";
    return new Refusal(RejectionCode.NO_TEXT, message);
  }
}
