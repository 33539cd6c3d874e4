package dev.migaki.documents.parsing;

import dev.migaki.documents.parsing.DetectedType.Format;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.tika.config.TikaConfig;
import org.apache.tika.io.TikaInputStream;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

/**
 * What a file is: by its first bytes where these are telling, by what its text looks like, and by
 * name where the content leaves a choice (every Markdown file is plain text too).
 */
final class FormatDetector {

  private static final int PEEK = 16 << 10;
  private static final Map<String, DetectedType> BY_EXTENSION =
      Map.ofEntries(
          Map.entry("md", new DetectedType(Format.MARKDOWN, "text/markdown")),
          Map.entry("markdown", new DetectedType(Format.MARKDOWN, "text/markdown")),
          Map.entry("mdx", new DetectedType(Format.MARKDOWN, "text/markdown")),
          Map.entry("csv", new DetectedType(Format.CSV, "text/csv")),
          Map.entry("tsv", new DetectedType(Format.CSV, "text/tab-separated-values")),
          Map.entry("tab", new DetectedType(Format.CSV, "text/tab-separated-values")),
          Map.entry("json", new DetectedType(Format.JSON, "application/json")),
          Map.entry("ipynb", new DetectedType(Format.JSON, "application/x-ipynb+json")),
          Map.entry("jsonl", new DetectedType(Format.JSON, "application/x-ndjson")),
          Map.entry("ndjson", new DetectedType(Format.JSON, "application/x-ndjson")),
          Map.entry("html", new DetectedType(Format.HTML, "text/html")),
          Map.entry("htm", new DetectedType(Format.HTML, "text/html")),
          Map.entry("xhtml", new DetectedType(Format.HTML, "application/xhtml+xml")),
          Map.entry("eml", new DetectedType(Format.MAIL, "message/rfc822")),
          Map.entry("mbox", new DetectedType(Format.MAILBOX, "application/mbox")),
          Map.entry("txt", new DetectedType(Format.PLAIN_TEXT, "text/plain")),
          Map.entry("text", new DetectedType(Format.PLAIN_TEXT, "text/plain")),
          Map.entry("log", new DetectedType(Format.PLAIN_TEXT, "text/plain")));
  private static final Map<String, DetectedType> BY_CONTENT_TYPE =
      Map.of(
          "text/markdown", new DetectedType(Format.MARKDOWN, "text/markdown"),
          "text/csv", new DetectedType(Format.CSV, "text/csv"),
          "text/tab-separated-values", new DetectedType(Format.CSV, "text/tab-separated-values"),
          "application/json", new DetectedType(Format.JSON, "application/json"),
          "application/x-ndjson", new DetectedType(Format.JSON, "application/x-ndjson"),
          "application/jsonl", new DetectedType(Format.JSON, "application/x-ndjson"),
          "text/html", new DetectedType(Format.HTML, "text/html"),
          "message/rfc822", new DetectedType(Format.MAIL, "message/rfc822"),
          "application/mbox", new DetectedType(Format.MAILBOX, "application/mbox"));
  private static final Pattern HTML_START =
      Pattern.compile(
          "(?is)^\\s*+(?:<!--.*?-->\\s*+|<\\?xml[^>]*+>\\s*+)*+<(?:!doctype\\s+html|html|head|body|div"
              + "|h[1-6]|p|dl|details|ul|table)\\b.*");
  private static final Pattern HTML_ROOT = Pattern.compile("(?i)<(?:!doctype\\s+html|html)\\b");
  private static final Pattern MAIL_SYSTEM_HEADER =
      Pattern.compile(
          "(?im)^(?:received|return-path|message-id|mime-version|delivered-to|x-mailer):");
  private static final Pattern MAIL_HEADER =
      Pattern.compile(
          "(?im)^(?:from|to|subject|date|cc|sender|reply-to|mime-version|content-type|message-id):\\s");
  private static final Pattern MAILBOX_START =
      Pattern.compile("(?s)^From [^\\n]*\\d{2}:\\d{2}[^\\n]*\\n[\\w-]+:.*");
  private static final Pattern MARKDOWN_SIGNS =
      Pattern.compile(
          "(?m)^#{1,6} \\S|^```|^\\|[ :-]+\\||\\]\\(https?://|^---\\n(?:\\w+:.*\\n)+---");

  private final TikaConfig tika;

  FormatDetector(TikaConfig tika) {
    this.tika = tika;
  }

  DetectedType detect(byte[] bytes, ParseHints hints) throws IOException {
    if (BY_EXTENSION.containsKey(hints.extension()) && looksLikeText(bytes)) {
      String head = head(bytes, hints);
      // Tika takes longer to look than these files take to read; it has a say only on mail
      String detected = mailHeaders(head) > 0 ? tikaType(bytes, hints) : "text/plain";
      return textual(head, hints, detected);
    }
    if (PlainZip.is(bytes)) {
      return new DetectedType(Format.ZIP, "application/zip");
    }
    String detected = tikaType(bytes, hints);
    if (isXmlByName(bytes, hints, detected)) {
      return new DetectedType(Format.XML, "application/xml");
    }
    if (isTextual(detected, bytes)) {
      return textual(head(bytes, hints), hints, detected);
    }
    return switch (detected) {
      case "application/pdf" -> new DetectedType(Format.PDF, detected);
      case "application/zip" -> new DetectedType(Format.ZIP, detected);
      case "application/x-7z-compressed" -> new DetectedType(Format.SEVEN_ZIP, detected);
      case "application/x-tar", "application/x-gtar" -> new DetectedType(Format.TAR, detected);
      case "application/gzip" -> new DetectedType(Format.GZIP, detected);
      case "application/xml",
          "application/rss+xml",
          "application/atom+xml",
          "application/dita+xml",
          "application/docbook+xml" ->
          new DetectedType(Format.XML, detected);
      default -> new DetectedType(Format.OFFICE, detected);
    };
  }

  /** Articles with a title look like HTML to Tika; the name says what they are. */
  private static boolean isXmlByName(byte[] bytes, ParseHints hints, String detected) {
    return hints.extension().equals("xml")
        && (detected.equals("text/html") || detected.equals("text/plain"))
        && !HTML_ROOT.matcher(head(bytes, hints)).find();
  }

  private String tikaType(byte[] bytes, ParseHints hints) throws IOException {
    Metadata metadata = new Metadata();
    if (hints.filename() != null) {
      metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, hints.baseName());
    }
    try (TikaInputStream stream = TikaInputStream.get(bytes)) {
      return tika.getDetector().detect(stream, metadata).getBaseType().toString();
    }
  }

  private static boolean isTextual(String type, byte[] bytes) {
    if (type.startsWith("text/")
        || type.equals("message/rfc822")
        || type.equals("application/mbox")
        || type.equals("application/json")
        || type.equals("application/x-ndjson")
        || type.equals("application/xhtml+xml")
        || type.equals("application/javascript")
        || type.equals("application/x-sh")
        || type.endsWith("+json")
        || type.endsWith("yaml")) {
      return true;
    }
    return type.equals("application/octet-stream") && looksLikeText(bytes);
  }

  /** Text that Tika gives up on: UTF-16 without a mark, unusual encodings. */
  private static boolean looksLikeText(byte[] bytes) {
    byte[] head = bytes.length > PEEK ? java.util.Arrays.copyOf(bytes, PEEK) : bytes;
    String text = TextDecoder.decode(head, null).text();
    long odd =
        text.chars()
            .filter(
                c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f' || c == 0xfffd)
            .count();
    return !text.isEmpty() && odd * 50 < text.length();
  }

  private static DetectedType textual(String head, ParseHints hints, String tikaType) {
    DetectedType named = BY_EXTENSION.get(hints.extension());
    if (named == null || named.format() == Format.PLAIN_TEXT) {
      DetectedType declared = BY_CONTENT_TYPE.get(hints.mediaType());
      named = declared == null ? named : declared;
    }
    boolean markdownByName = named != null && named.format() == Format.MARKDOWN;
    if (!markdownByName && HTML_START.matcher(head).matches()) {
      return new DetectedType(Format.HTML, "text/html");
    }
    boolean dataByName =
        named != null && (named.format() == Format.JSON || named.format() == Format.CSV);
    if (!markdownByName && !dataByName) {
      if (MAILBOX_START.matcher(head).matches()) {
        return new DetectedType(Format.MAILBOX, "application/mbox");
      }
      if (isMail(head, tikaType)) {
        return new DetectedType(Format.MAIL, "message/rfc822");
      }
    }
    if (named != null && named.format() != Format.PLAIN_TEXT) {
      return named;
    }
    return named == null ? byLooks(head, tikaType, hints) : named;
  }

  private static String untilBlankLine(String head) {
    String start = head.length() > 4000 ? head.substring(0, 4000) : head;
    int blank = start.indexOf("\n\n");
    return blank < 0 ? start : start.substring(0, blank);
  }

  private static long mailHeaders(String head) {
    return MAIL_HEADER.matcher(untilBlankLine(head)).results().count();
  }

  private static boolean isMail(String head, String tikaType) {
    String headers = untilBlankLine(head);
    long known = mailHeaders(head);
    return tikaType.equals("message/rfc822") && known > 0
        || known >= 2
            && MAIL_SYSTEM_HEADER.matcher(headers).find()
            && headers.lines().limit(1).allMatch(FormatDetector::isHeaderLine)
        || known >= 3 && headers.lines().allMatch(FormatDetector::isHeaderLine);
  }

  private static boolean isHeaderLine(String line) {
    return line.matches("[A-Za-z][\\w-]*:.*|[ \\t].*");
  }

  private static DetectedType byLooks(String head, String tikaType, ParseHints hints) {
    String start = head.stripLeading();
    if (start.startsWith("{") || start.startsWith("[{") || start.startsWith("[\n")) {
      if (JsonReader.looksLikeJson(start)) {
        boolean lines = start.startsWith("{") && start.indexOf("}\n{") > 0;
        String type = lines ? "application/x-ndjson" : "application/json";
        return new DetectedType(Format.JSON, type);
      }
    }
    if (tikaType.equals("text/html") || tikaType.equals("application/xhtml+xml")) {
      return new DetectedType(Format.HTML, "text/html");
    }
    if (MARKDOWN_SIGNS.matcher(head).results().count() >= 2) {
      return new DetectedType(Format.MARKDOWN, "text/markdown");
    }
    if (CsvReader.looksLikeTable(head)) {
      return new DetectedType(Format.CSV, "text/csv");
    }
    String type = hints.extension().isEmpty() ? "text/plain" : tikaType;
    return new DetectedType(Format.PLAIN_TEXT, type.toLowerCase(Locale.ROOT));
  }

  private static String head(byte[] bytes, ParseHints hints) {
    if (bytes.length <= PEEK) {
      return TextDecoder.decode(bytes, hints.charset()).text();
    }
    // cut at a line end so that no character is cut in two
    int end = PEEK;
    while (end > PEEK / 2 && bytes[end - 1] != '\n') {
      end--;
    }
    boolean wide = bytes[0] == 0 || bytes[1] == 0 || (bytes[0] & 0xfe) == 0xfe;
    byte[] head = java.util.Arrays.copyOf(bytes, wide ? PEEK : end);
    return head.length == 0
        ? new String(bytes, 0, PEEK, StandardCharsets.UTF_8)
        : TextDecoder.decode(head, hints.charset()).text();
  }
}
