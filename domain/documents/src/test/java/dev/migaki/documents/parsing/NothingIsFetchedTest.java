package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.parse;
import static dev.migaki.documents.parsing.Files.zip;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.ParsedDocument;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Documents name files and addresses; none of them is ever opened. */
class NothingIsFetchedTest {

  private static final String SECRET = "content-of-a-local-file";

  @TempDir Path directory;
  private ServerSocket listener;
  private String doctype;

  @BeforeEach
  void listen() throws IOException {
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(200);
    Path secret = directory.resolve("secret.txt");
    java.nio.file.Files.writeString(secret, SECRET);
    doctype =
        "<!DOCTYPE r [<!ENTITY local SYSTEM '"
            + secret.toUri()
            + "'><!ENTITY remote SYSTEM '"
            + address()
            + "e.txt'><!ENTITY % outer SYSTEM '"
            + address()
            + "o.dtd'> %outer;]>";
  }

  @AfterEach
  void close() throws IOException {
    listener.close();
  }

  @Test
  void shouldNotResolveEntitiesOfXml() throws IOException {
    // When
    String xml = "<?xml version='1.0'?>" + doctype + "<r><p>a &local; b &remote; c</p></r>";
    String texts =
        text(parse("a.xml", xml.getBytes(UTF_8)))
            + text(parse("a.svg", xml.replace("<r>", "<svg>").getBytes(UTF_8)))
            + text(parse("a.xhtml", xml.getBytes(UTF_8)));

    // Then
    assertNothingCame(texts);
  }

  @Test
  void shouldNotResolveEntitiesInsideOfficeFiles() throws IOException {
    // Given
    String content = "<?xml version='1.0'?>" + doctype + "<office>&local;&remote;</office>";
    Map<String, byte[]> odt = new LinkedHashMap<>();
    odt.put("mimetype", "application/vnd.oasis.opendocument.text".getBytes(UTF_8));
    odt.put("content.xml", content.getBytes(UTF_8));
    odt.put("meta.xml", content.getBytes(UTF_8));
    Map<String, byte[]> docx = new LinkedHashMap<>();
    docx.put("[Content_Types].xml", content.getBytes(UTF_8));
    docx.put("word/document.xml", content.getBytes(UTF_8));

    // When
    String texts = text(parse("a.odt", zip(odt))) + text(parse("a.docx", zip(docx)));

    // Then
    assertNothingCame(texts);
  }

  @Test
  void shouldNotLoadWhatPagesAndMailsPointAt() throws IOException {
    // When
    String page =
        "<html><head><link rel=stylesheet href='%1$sa.css'><base href='%1$s'></head><body><p>Hi<img"
            + " src='%1$si.png'><iframe src='%1$sf.html'></iframe><script src='%1$ss.js'></script></body></html>";
    String html = page.formatted(address());
    String texts =
        text(parse("a.html", html.getBytes(UTF_8)))
            + text(
                parse(
                    "a.eml",
                    ("From: a@example.com\nSubject: s\nContent-Type: text/html\n\n" + html)
                        .getBytes(UTF_8)))
            + text(parse("a.md", ("![i](" + address() + "i.png)\n\nText").getBytes(UTF_8)));

    // Then
    assertThat(texts).contains("Hi");
    assertNothingCame(texts);
  }

  private String address() {
    return "http://127.0.0.1:" + listener.getLocalPort() + "/";
  }

  private void assertNothingCame(String texts) throws IOException {
    assertThat(texts).doesNotContain(SECRET);
    boolean called = true;
    try {
      listener.accept().close();
    } catch (SocketTimeoutException e) {
      called = false;
    }
    assertThat(called).as("a document made the parser open a connection").isFalse();
  }

  private static String text(ParseOutcome outcome) {
    if (outcome instanceof ParseOutcome.Parsed parsed) {
      ParsedDocument document = parsed.document();
      return document.title() + document.text();
    }
    return ((ParseOutcome.Rejected) outcome).message();
  }
}
