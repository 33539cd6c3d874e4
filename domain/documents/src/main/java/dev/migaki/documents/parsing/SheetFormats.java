package dev.migaki.documents.parsing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;

/**
 * Number formats of Excel sheets that POI shows as garbage or as a count of days: those of Japanese
 * dates, by number (ISO/IEC 29500-1, 18.8.30) or by code. They are given in words that POI knows,
 * years of an era as years of the common era; short dates, which Excel shows as the reader's
 * country does, in an order that nobody misreads.
 */
final class SheetFormats {

  private static final String STYLES = "xl/styles.xml";
  private static final int MAX_STYLES = 8 << 20;
  private static final Pattern CODE = Pattern.compile("(\\bformatCode=)(?:\"([^\"]*)\"|'([^']*)')");

  /** Digits of another script, which POI shows as the letters that ask for them. */
  private static final Pattern DIGITS = Pattern.compile("\\[DBNum\\d\\]");

  private static final Pattern LOCALE = Pattern.compile("\\[\\$-[^\\]]*\\]");
  private static final Pattern LITERAL = Pattern.compile("&quot;([^&A-Za-z]*)&quot;");
  private static final Pattern IGNORED =
      Pattern.compile("&quot;.*?&quot;|\\[(?!h|m|s)[^\\]]*\\]|\\\\.|General|@|_.|\\*.");
  private static final Pattern DATE = Pattern.compile("(?i)[ymdhs]|ge|aaa|^e+$");

  /** Numbers, and times that are counted on over a day. */
  private static final Pattern NUMBER = Pattern.compile("(?i)[#?]|^0|\\[[hms]");

  /** What POI takes for a date ({@code DateUtil}), years in the common era. */
  private static final Pattern KNOWN =
      Pattern.compile("(?:\\\\[-,. /]|[yYmMsSdDhHT/年月日,. :-])+(?:0*|(?:AM/PM|A/P))");

  private static final Pattern USED =
      Pattern.compile("\\bnumFmtId=[\"'](14|22|2[7-9]|3[0-6]|5[0-8])[\"']");
  private static final Pattern DEFINED =
      Pattern.compile("<(?:\\w+:)?numFmt\\b[^>]{0,500}?\\bnumFmtId=[\"'](\\d{1,3})[\"']");
  private static final Pattern ROOT = Pattern.compile("<((?:\\w+:)?)styleSheet\\b[^>]*>");
  private static final Pattern LIST = Pattern.compile("<(?:\\w+:)?numFmts\\b[^>/]*>");
  private static final Pattern EAST_ASIAN =
      Pattern.compile("[\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}]|charset val=[\"']128[\"']");
  private static final String ERA_DOTS = "yyyy.m.d";
  private static final String LONG = "yyyy年m月d日";
  private static final Map<Integer, String> JAPANESE =
      Map.ofEntries(
          Map.entry(27, ERA_DOTS),
          Map.entry(28, LONG),
          Map.entry(29, LONG),
          Map.entry(30, "m/d/yy"),
          Map.entry(31, LONG),
          Map.entry(32, "h:mm"),
          Map.entry(33, "h:mm:ss"),
          Map.entry(34, "yyyy年m月"),
          Map.entry(35, "m月d日"),
          Map.entry(36, ERA_DOTS),
          Map.entry(50, ERA_DOTS),
          Map.entry(51, LONG),
          Map.entry(52, "yyyy年m月"),
          Map.entry(53, "m月d日"),
          Map.entry(54, LONG),
          Map.entry(55, "yyyy年m月"),
          Map.entry(56, "m月d日"),
          Map.entry(57, ERA_DOTS),
          Map.entry(58, LONG));

  private SheetFormats() {}

  /** The same workbook with formats that POI knows; the very same when it has no others. */
  static byte[] readable(byte[] workbook) {
    try (ZipFile zip =
        ZipFile.builder().setSeekableByteChannel(new SeekableInMemoryByteChannel(workbook)).get()) {
      ZipArchiveEntry entry = zip.getEntry(STYLES);
      if (entry == null || entry.getSize() > MAX_STYLES) {
        return workbook;
      }
      String styles;
      try (InputStream in = zip.getInputStream(entry)) {
        styles = new String(in.readNBytes(MAX_STYLES), StandardCharsets.UTF_8);
      }
      String readable = readable(styles);
      return readable.equals(styles) ? workbook : with(zip, readable, workbook.length);
    } catch (IOException | IllegalArgumentException e) {
      // damaged or unusual: whether it can be read is POI's to say
      return workbook;
    }
  }

  private static byte[] with(ZipFile zip, String styles, int size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(size + styles.length());
    try (ZipArchiveOutputStream out = new ZipArchiveOutputStream(bytes)) {
      for (ZipArchiveEntry entry : Collections.list(zip.getEntriesInPhysicalOrder())) {
        if (entry.getName().equals(STYLES)) {
          out.putArchiveEntry(new ZipArchiveEntry(STYLES));
          out.write(styles.getBytes(StandardCharsets.UTF_8));
          out.closeArchiveEntry();
        } else {
          try (InputStream raw = zip.getRawInputStream(entry)) {
            out.addRawArchiveEntry(entry, raw);
          }
        }
      }
    }
    return bytes.toByteArray();
  }

  private static String readable(String styles) {
    Matcher root = ROOT.matcher(styles);
    if (!root.find()) {
      return styles;
    }
    String prefix = root.group(1);
    StringBuilder added = new StringBuilder();
    used(styles)
        .forEach(
            (id, code) ->
                added.append(
                    "<%snumFmt numFmtId=\"%d\" formatCode=\"%s\"/>".formatted(prefix, id, code)));
    String coded = CODE.matcher(styles).replaceAll(SheetFormats::readableCode);
    Matcher list = LIST.matcher(coded);
    if (added.isEmpty()) {
      return coded;
    }
    if (list.find()) {
      return coded.substring(0, list.end()) + added + coded.substring(list.end());
    }
    String whole = "<%1$snumFmts>%2$s</%1$snumFmts>".formatted(prefix, added);
    return coded.substring(0, root.end()) + whole + coded.substring(root.end());
  }

  /** Formats that are used by their number only, with the code to be given to them. */
  private static Map<Integer, String> used(String styles) {
    Map<Integer, String> used = new TreeMap<>();
    String order = EAST_ASIAN.matcher(styles).find() ? "yyyy/m/d" : "yyyy-mm-dd";
    Matcher found = USED.matcher(styles);
    while (found.find()) {
      int id = Integer.parseInt(found.group(1));
      String time = id == 22 ? " h:mm" : "";
      used.put(id, id == 14 || id == 22 ? order + time : JAPANESE.getOrDefault(id, order));
    }
    Matcher defined = DEFINED.matcher(styles);
    while (defined.find()) {
      used.remove(Integer.parseInt(defined.group(1)));
    }
    return used;
  }

  private static String readableCode(MatchResult found) {
    String code = found.group(2) == null ? found.group(3).replace("\"", "&quot;") : found.group(2);
    return Matcher.quoteReplacement(found.group(1) + '"' + readableCode(code) + '"');
  }

  /**
   * @param code as it stands in the XML, quotes as {@code &quot;}
   */
  static String readableCode(String code) {
    String plain = DIGITS.matcher(code).replaceAll("");
    String bare = IGNORED.matcher(plain).replaceAll("");
    if (!DATE.matcher(bare).find() || NUMBER.matcher(bare).find()) {
      return plain;
    }
    String common = LITERAL.matcher(LOCALE.matcher(plain).replaceAll("")).replaceAll("$1");
    common = common.replaceFirst(";.*", "").replaceAll("g*e+", "yyyy");
    return KNOWN.matcher(common).matches() ? common : parts(bare);
  }

  /** The parts of a date in one order, when nothing else will do. */
  private static String parts(String bare) {
    String parts = bare.toLowerCase(Locale.ROOT);
    boolean year = parts.contains("y") || parts.contains("e");
    boolean time = parts.contains("h");
    boolean day = parts.contains("d") || !year && !time;
    boolean month = parts.contains("m") && (year || day || !time);
    String date = (year ? "yyyy" : "") + (year && month ? "/" : "") + (month ? "m" : "");
    date += day ? (month ? "/d" : "yyyy/m/d") : "";
    String clock = time ? (parts.contains("s") ? "h:mm:ss" : "h:mm") : "";
    return (date + " " + clock).strip();
  }
}
