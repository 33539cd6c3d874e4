package dev.migaki.documents.parsing;

import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.apache.tika.exception.ZeroByteFileException;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.parser.AutoDetectParser;
import org.apache.tika.parser.ParseContext;
import org.apache.tika.parser.Parser;
import org.apache.tika.parser.microsoft.OfficeParserConfig;
import org.jspecify.annotations.Nullable;
import org.xml.sax.SAXException;

/** Everything that Tika reads for us: Office of every age, ODF, RTF, EPUB, MSG, XML, 7z. */
final class OfficeReader implements FormatReader {

  private static final Pattern WITHOUT_TEXT =
      Pattern.compile(
          "image/.*|audio/.*|video/.*|font/.*|application/(?:octet-stream|x-msdownload"
              + "|x-executable|x-sharedlib|x-elf|java-vm|x-font.*|x-dosexec)");

  private static final Pattern PRINT_CODES =
      Pattern.compile("^&(?:[LCR&]|\\d|\"[^\"]+\"|K[0-9A-F]{6})");
  private static final String ONLY_FONTS =
      "(?i)EPUB contains encrypted items: [^,;]+\\.(?:ttf|otf|ttc|woff2?)"
          + "(?:[,;]\\s*[^,;]+\\.(?:ttf|otf|ttc|woff2?))*";
  private static final int MAX_SLIDE_TITLE = 90;

  private final TikaConfig tika;

  OfficeReader(TikaConfig tika) {
    this.tika = tika;
  }

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    String type = source.type().mediaType();
    if (WITHOUT_TEXT.matcher(type).matches()) {
      throw new Refusal(
          RejectionCode.UNSUPPORTED,
          "Files of the type " + type + " hold no text that can be read.");
    }
    Metadata metadata = new Metadata();
    if (source.hints().filename() != null) {
      metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, source.hints().baseName());
    }
    boolean macros = type.contains("macroenabled");
    boolean sheets = type.contains("spreadsheetml") || macros && type.contains("excel");
    boolean zip = ArchiveSigns.isZip(source.bytes());
    byte[] bytes =
        zip && StrictOoxml.isStrict(source.bytes())
            ? StrictOoxml.toTransitional(source.bytes())
            : source.bytes();
    if (zip && sheets) {
      bytes = SheetFormats.readable(bytes);
    }
    if (zip && type.contains("wordprocessingml")) {
      bytes = WordRevisions.accepted(bytes);
    }
    CellSpans.Tables spans =
        zip && (macros || type.contains("openxmlformats"))
            ? OoxmlTables.of(bytes)
            : CellSpans.Tables.NONE;
    XhtmlHandler handler = new XhtmlHandler(blocks, type, spans);
    ParseContext context = new ParseContext();
    if (sheets) {
      context.set(OfficeParserConfig.class, withoutReadings());
    }
    parse(bytes, metadata, handler, context);
    handler.finish();
    boolean slides = type.contains("presentation") || type.contains("powerpoint");
    return new ParsedDocument(
        type,
        null,
        blankToNull(metadata.get(TikaCoreProperties.LANGUAGE)),
        blankToNull(metadata.get(TikaCoreProperties.TITLE)),
        slides ? withSlideTitles(blocks.list()) : withoutPrintCodes(blocks.list()));
  }

  /** Headers and footers of printed sheets, with their codes: {@code &L&"Arial"&10Page &P}. */
  private static List<Block> withoutPrintCodes(List<Block> blocks) {
    return blocks.stream()
        .filter(
            block ->
                !(block instanceof Block.Paragraph) || !PRINT_CODES.matcher(block.text()).find())
        .toList();
  }

  /** Tika does not say which text box is the title; it is the first one, if short. */
  private static List<Block> withSlideTitles(List<Block> blocks) {
    List<Block> titled = new ArrayList<>(blocks.size());
    int page = 0;
    for (int i = 0; i < blocks.size(); i++) {
      Block block = blocks.get(i);
      boolean starts = block.page() != page;
      boolean more = i + 1 < blocks.size() && blocks.get(i + 1).page() == block.page();
      page = block.page();
      boolean title =
          starts
              && block instanceof Block.Paragraph
              && block.text().length() <= MAX_SLIDE_TITLE
              && (more || page == 1);
      titled.add(title ? new Block.Heading(page == 1 ? 1 : 2, oneLine(block), page) : block);
    }
    return titled;
  }

  private static String oneLine(Block block) {
    return block.text().replace('\n', ' ');
  }

  /** How Japanese words are read is no text of a cell; Excel keeps it for sorting. */
  private static OfficeParserConfig withoutReadings() {
    OfficeParserConfig config = new OfficeParserConfig();
    config.setConcatenatePhoneticRuns(false);
    return config;
  }

  private void parse(byte[] bytes, Metadata metadata, XhtmlHandler handler, ParseContext context)
      throws Refusal, IOException {
    AutoDetectParser parser = new AutoDetectParser(tika);
    context.set(Parser.class, parser);
    try (TikaInputStream stream = TikaInputStream.get(bytes)) {
      parser.parse(stream, handler, metadata, context);
    } catch (TikaException | SAXException e) {
      // a book's text was read by then
      if (!String.valueOf(e.getMessage()).matches(ONLY_FONTS)) {
        throw refusalOf(e);
      }
    }
  }

  private static Refusal refusalOf(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EncryptedDocumentException
          || cause.getClass().getSimpleName().equals("PasswordRequiredException")) {
        return encrypted();
      }
      if (cause instanceof ZeroByteFileException) {
        return new Refusal(RejectionCode.EMPTY, "The file is empty.");
      }
      String message = String.valueOf(cause.getMessage());
      if (message.contains("zip bomb") || message.contains("Zip bomb")) {
        return new Refusal(RejectionCode.BOMB, "The file unpacks to suspiciously much.");
      }
      if (cause instanceof Blocks.TooManyCharacters tooMany) {
        throw tooMany;
      }
    }
    return damaged();
  }

  static Refusal encrypted() {
    return new Refusal(
        RejectionCode.ENCRYPTED,
        "The file is protected with a password. Send it without protection.");
  }

  static Refusal damaged() {
    return new Refusal(
        RejectionCode.DAMAGED,
        "The file is damaged: it is cut off or not what its type requires. Save it again.");
  }

  private static @Nullable String blankToNull(@Nullable String text) {
    return text == null || text.isBlank() ? null : TextLines.collapse(text);
  }
}
