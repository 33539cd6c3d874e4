package dev.migaki.documents.parsing;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;

/** Files that were made to hang a parser or to fill its memory; small to make, their names tell. */
public final class HostileFiles {

  private static final int DEEP = 100_000;

  private HostileFiles() {}

  /** Makes a file. */
  @FunctionalInterface
  public interface Making {
    /** The file's content. */
    byte[] bytes();
  }

  /** Name to content, made when it is needed. */
  public static Map<String, Making> all() {
    Map<String, Making> files = new LinkedHashMap<>();
    markup(files);
    office(files);
    mail(files);
    text(files);
    files.put("cyclic-pages.pdf", HostileFiles::cyclicPages);
    files.put("deep-arrays.pdf", () -> pdf("[".repeat(DEEP) + "]".repeat(DEEP), "1"));
    files.put("two-billion-pages.pdf", () -> pdf("null", "2147483647"));
    files.put("dictionary-of-4-gb.7z", HostileFiles::hugeDictionary);
    files.put("cyclic-chain.doc", HostileFiles::cyclicOle);
    return files;
  }

  private static void markup(Map<String, Making> files) {
    files.put("deep-divs.html", () -> nested("<div>", "x", "</div>"));
    files.put("deep-tables.html", () -> nested("<table><tr><td>", "x", ""));
    files.put("deep-bold.html", () -> nested("<b><i>", "x", ""));
    files.put("open-formatting.html", () -> bytes("<p><a><b><font>x".repeat(30_000)));
    files.put(
        "wide-spans.html",
        () -> bytes("<table>" + "<tr><td colspan=1000 rowspan=1000>x".repeat(20_000)));
    files.put("deep-arrays.json", () -> nested("[", "1", "]"));
    files.put("deep-objects.json", () -> nested("{\"a\":", "1", "}"));
    files.put("deep-elements.xml", () -> nested("<a>", "x", "</a>"));
    files.put("entities.xml", () -> bytes(entities() + "<a>&e9;</a>"));
    files.put("attributes.xml", () -> bytes("<a " + numbered("b%d='x' ", 200_000) + "/>"));
    files.put("deep-quotes.md", () -> nested("> ", "x", ""));
    files.put("deep-lists.md", () -> bytes("- ".repeat(DEEP) + "x"));
    files.put("open-brackets.md", () -> bytes("[".repeat(DEEP) + "![".repeat(DEEP)));
    files.put("emphasis.md", () -> bytes("*a **a _a ".repeat(DEEP)));
    files.put("backticks.md", () -> bytes(numbered("`".repeat(7) + "%d`", DEEP)));
  }

  private static void office(Map<String, Making> files) {
    String cell = "<c r='A1' t='inlineStr'><is><t>x</t></is></c>";
    String data = "<sheetData><row r='1'>" + cell + "</row></sheetData>";
    files.put("dimension.xlsx", () -> Ooxml.xlsx("", "<dimension ref='A1:XFD1048576'/>" + data));
    files.put(
        "last-cell-of-many-rows.xlsx",
        () -> {
          String row = "<row r='%1$d'><c r='XFD%1$d' t='inlineStr'><is><t>x</t></is></c></row>";
          return Ooxml.xlsx("", "<sheetData>" + numbered(row, 50_000) + "</sheetData>");
        });
    files.put(
        "all-merged.xlsx",
        () -> {
          String merged = "<mergeCells>" + "<mergeCell ref='A1:XFD1048576'/>".repeat(DEEP);
          String rows = numbered("<row r='%1$d'><c r='A%1$d'><v>1</v></c></row>", 50_000);
          return Ooxml.xlsx("", "<sheetData>" + rows + "</sheetData>" + merged + "</mergeCells>");
        });
    files.put(
        "formats.xlsx",
        () ->
            Ooxml.xlsx("<numFmts>" + "<numFmt numFmtId='176' formatCode='yyyy".repeat(DEEP), data));
    files.put(
        "deep-tables.docx",
        () ->
            Ooxml.docx(
                new String(
                    nested("<w:tbl><w:tr><w:tc>", "<w:p/>", "</w:tc></w:tr></w:tbl>"), UTF_8)));
    files.put(
        "wide-cells.docx",
        () -> {
          String tc =
              "<w:tc><w:tcPr><w:gridSpan w:val='9999'/><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>";
          return Ooxml.docx(
              "<w:tbl>" + ("<w:tr>" + tc.repeat(20) + "</w:tr>").repeat(2_000) + "</w:tbl>");
        });
    files.put("deep-groups.rtf", () -> nested("{", "x", "}", "{\\rtf1 "));
    files.put("two-billion-bytes.rtf", () -> bytes("{\\rtf1 \\bin2147483647 x}"));
    files.put("cyclic-spine.epub", HostileFiles::cyclicSpine);
    files.put("deep-lists.odt", HostileFiles::deepOdt);
  }

  private static void mail(Map<String, Making> files) {
    files.put("nested-parts.eml", () -> nestedParts(50_000));
    files.put(
        "nested-messages.eml",
        () ->
            bytes(
                "From: a@example.com\nSubject: s\nContent-Type: message/rfc822\n\n"
                    .repeat(50_000)));
    files.put(
        "headers.eml",
        () -> bytes("From: a@example.com\nSubject: s\n" + numbered("X-%d: y\n", 500_000) + "\nHi"));
    files.put(
        "folded-header.eml",
        () -> bytes("From: a@example.com\nSubject: s\n" + " s\n".repeat(2_000_000) + "\nHi"));
    files.put(
        "quotes.eml",
        () ->
            bytes(
                "From: a@example.com\nTo: b@example.com\nSubject: s\n\n"
                    + ">".repeat(1_000_000)
                    + " x\n"
                    + numbered("> On %d Mon, a wrote:\n", DEEP)));
    files.put(
        "quoted-lines.eml",
        () ->
            bytes(
                "From: a@example.com\nTo: b@example.com\nSubject: s\n\n"
                    + "> x\n".repeat(3 * DEEP)
                    + "End."));
    files.put(
        "messages.mbox",
        () ->
            bytes(
                numbered(
                    "From a@example.com Mon Jan  1 00:00:%d 2024\nFrom: a@example.com\nSubject: s\n\nx\n\n",
                    300_000)));
    files.put(
        "zeros.mbox",
        () ->
            joined(
                bytes("From a@example.com Mon Jan  1 00:00:00 2024\nSubject: s\n\n"),
                60 << 20,
                (byte) 0));
  }

  private static void text(Map<String, Making> files) {
    files.put("one-field.csv", () -> joined(bytes("a,b\n1,\""), 60 << 20, (byte) 'x'));
    files.put("zeros.csv", () -> joined(bytes("a,b\n1,"), 60 << 20, (byte) 0));
    files.put("columns.csv", () -> joined(bytes("a"), 30 << 20, (byte) ','));
    files.put("quotes.csv", () -> joined(bytes("a,b\n"), 30 << 20, (byte) '"'));
    files.put("one-line.txt", () -> joined(bytes("Q: "), 60 << 20, (byte) 'a'));
    files.put("spaces.txt", () -> joined(bytes("Q: a"), 60 << 20, (byte) ' '));
    files.put("lines.txt", () -> joined(bytes("Q: a"), 19_000_000, (byte) '\n'));
    files.put("colons.txt", () -> bytes("A: ".repeat(1_000_000)));
    files.put("questions.txt", () -> bytes("Q: a?\n".repeat(1_000_000)));
    files.put("lines.jsonl", () -> bytes("{\n".repeat(1_000_000)));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] nested(String open, String inside, String close) {
    return nested(open, inside, close, "");
  }

  private static byte[] nested(String open, String inside, String close, String before) {
    return bytes(before + open.repeat(DEEP) + inside + close.repeat(DEEP));
  }

  private static String numbered(String format, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 1; i <= count; i++) {
      text.append(format.formatted(i));
    }
    return text.toString();
  }

  private static byte[] joined(byte[] start, int count, byte filling) {
    byte[] all = java.util.Arrays.copyOf(start, start.length + count);
    java.util.Arrays.fill(all, start.length, all.length, filling);
    return all;
  }

  private static String entities() {
    StringBuilder dtd = new StringBuilder("<!DOCTYPE a [<!ENTITY e0 'x'>");
    for (int i = 1; i < 10; i++) {
      dtd.append("<!ENTITY e%d '%s'>".formatted(i, ("&e" + (i - 1) + ";").repeat(10)));
    }
    return dtd.append("]>").toString();
  }

  private static byte[] nestedParts(int depth) {
    StringBuilder mail = new StringBuilder("From: a@example.com\nSubject: s\nMIME-Version: 1.0\n");
    for (int i = 0; i < depth; i++) {
      mail.append("Content-Type: multipart/mixed; boundary=b%1$d\n\n--b%1$d\n".formatted(i));
    }
    return bytes(mail.append("Content-Type: text/plain\n\nHi").toString());
  }

  /** A page tree whose only kid is itself. */
  private static byte[] cyclicPages() {
    return bytes(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
            + "2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2/Parent 2 0 R>>endobj\n"
            + "3 0 obj<</Type/Pages/Kids[2 0 R]/Count 1/Parent 2 0 R>>endobj\n"
            + "trailer<</Root 1 0 R>>\n%%EOF\n");
  }

  private static byte[] pdf(String extra, String count) {
    return bytes(
        "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R/X "
            + extra
            + ">>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count "
            + count
            + ">>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
            + "trailer<</Root 1 0 R>>\n%%EOF\n");
  }

  /** LZMA with a dictionary of 4 GB less a byte, which the reader would have to set aside. */
  private static byte[] hugeDictionary() {
    byte[] header = {
      1, 4, 6, 0, 1, 9, 16, 0, 7, 11, 1, 0, 1, 0x23, 3, 1, 1, 5, 0x5d, -1, -1, -1, -1, 12, 100, 0,
      8, 0, 0, 5, 1, 17, 5, 0, 'a', 0, 0, 0, 0, 0
    };
    byte[] packed = new byte[16];
    ByteBuffer archive =
        ByteBuffer.allocate(32 + packed.length + header.length).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer start = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    start.putLong(packed.length).putLong(header.length).putInt(crc(header));
    archive.put(new byte[] {'7', 'z', (byte) 0xbc, (byte) 0xaf, 0x27, 0x1c, 0, 4});
    archive.putInt(crc(start.array())).put(start.array()).put(packed).put(header);
    return archive.array();
  }

  private static int crc(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** A compound file whose sectors follow each other in a circle. */
  private static byte[] cyclicOle() {
    ByteBuffer file = ByteBuffer.allocate(512 * 4).order(ByteOrder.LITTLE_ENDIAN);
    file.put(
        new byte[] {
          (byte) 0xd0, (byte) 0xcf, 0x11, (byte) 0xe0, (byte) 0xa1, (byte) 0xb1, 0x1a, (byte) 0xe1
        });
    file.position(24);
    file.putShort((short) 0x3e).putShort((short) 3).putShort((short) 0xfffe).putShort((short) 9);
    file.putShort((short) 6).position(44);
    file.putInt(1)
        .putInt(1)
        .putInt(0)
        .putInt(4096)
        .putInt(1)
        .putInt(1)
        .putInt(0)
        .putInt(1)
        .putInt(0);
    while (file.position() < 512) {
      file.putInt(0);
    }
    for (int i = 0; i < 128; i++) {
      file.putInt(512 + i * 4, 1);
    }
    return file.array();
  }

  private static byte[] cyclicSpine() {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", "application/epub+zip".getBytes(ISO_8859_1));
    parts.put(
        "META-INF/container.xml",
        bytes(
            "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container' version='1.0'><rootfiles>"
                + "<rootfile full-path='a.opf' media-type='application/oebps-package+xml'/></rootfiles></container>"));
    parts.put(
        "a.opf",
        bytes(
            "<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='a.xhtml'"
                + " media-type='application/xhtml+xml'/><item id='o' href='a.opf'"
                + " media-type='application/xhtml+xml'/></manifest><spine>"
                + "<itemref idref='a'/><itemref idref='o'/>".repeat(1_000)
                + "</spine></package>"));
    parts.put(
        "a.xhtml",
        bytes("<html xmlns='http://www.w3.org/1999/xhtml'><body><p>x</p></body></html>"));
    return Files.zip(parts);
  }

  private static byte[] deepOdt() {
    String office = "urn:oasis:names:tc:opendocument:xmlns:";
    Map<String, byte[]> parts = new LinkedHashMap<>();
    parts.put("mimetype", bytes("application/vnd.oasis.opendocument.text"));
    parts.put(
        "content.xml",
        joinedText(
            "<o:document-content xmlns:o='"
                + office
                + "office:1.0' xmlns:t='"
                + office
                + "text:1.0'><o:body><o:text>",
            nested("<t:list><t:list-item>", "<t:p>x</t:p>", "</t:list-item></t:list>"),
            "</o:text></o:body></o:document-content>"));
    return Files.zip(parts);
  }

  private static byte[] joinedText(String start, byte[] middle, String end) {
    return bytes(start + new String(middle, UTF_8) + end);
  }
}
