package dev.migaki.samples;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Mail messages (RFC 5322 and MIME) from a script of header lines, {@code ---} and the text.
 *
 * <p>The {@code charset} option also decides the transfer encoding: ISO-2022-JP travels as 7bit, as
 * Japanese mail programs send it, everything else as base64.
 */
final class MailFiles {
  private static final String BOUNDARY = "=_tsuyukusa-part";

  private MailFiles() {}

  /**
   * @param attachment the attached file's bytes, empty for a message without attachment
   */
  static byte[] write(DocumentScript script, Markup markup, byte[] attachment) {
    Charset charset = Charset.forName(script.option("charset", "UTF-8"));
    int divider = script.body().indexOf("---");
    Map<String, String> headers = new LinkedHashMap<>();
    for (String line : script.body().subList(0, divider)) {
      int colon = line.indexOf(": ");
      headers.put(line.substring(0, colon), markup.expand(line.substring(colon + 2)));
    }
    List<String> lines = script.body().subList(divider + 1, script.body().size());
    String text = markup.expand(String.join("\n", lines)) + "\n";

    StringBuilder mail = new StringBuilder();
    headers.forEach((name, value) -> mail.append(header(name, value, charset)));
    mail.append("Message-ID: <" + script.fileName() + "@mail.tsuyukusa.example.com>\r\n");
    mail.append("MIME-Version: 1.0\r\n");
    if (attachment.length == 0) {
      mail.append(textPart(text, charset));
    } else {
      mail.append("Content-Type: multipart/mixed; boundary=\"" + BOUNDARY + "\"\r\n\r\n");
      mail.append("--" + BOUNDARY + "\r\n").append(textPart(text, charset));
      mail.append("--" + BOUNDARY + "\r\n");
      mail.append(attachedPart(script.option("attach"), attachment));
      mail.append("--" + BOUNDARY + "--\r\n");
    }
    return mail.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String header(String name, String value, Charset charset) {
    if (value.chars().allMatch(c -> c < 128)) {
      return name + ": " + value + "\r\n";
    }
    int address = value.indexOf(" <");
    String words = address < 0 ? value : value.substring(0, address);
    String rest = address < 0 ? "" : value.substring(address);
    StringBuilder encoded = new StringBuilder(name + ":");
    // An encoded word may not be longer than 75 characters (RFC 2047, section 2).
    for (int start = 0; start < words.length(); start += 12) {
      String piece = words.substring(start, Math.min(words.length(), start + 12));
      String base64 = Base64.getEncoder().encodeToString(Encoded.bytes(piece, charset));
      encoded.append(start == 0 ? " " : "\r\n ");
      encoded.append("=?" + charset.name() + "?B?" + base64 + "?=");
    }
    return encoded + rest + "\r\n";
  }

  private static String textPart(String text, Charset charset) {
    String type = "Content-Type: text/plain; charset=" + charset.name() + "\r\n";
    String crlf = text.replace("\n", "\r\n");
    if (charset.name().equals("ISO-2022-JP")) {
      String sevenBit = new String(Encoded.bytes(crlf, charset), StandardCharsets.ISO_8859_1);
      return type + "Content-Transfer-Encoding: 7bit\r\n\r\n" + sevenBit;
    }
    if (crlf.chars().allMatch(c -> c < 128)) {
      return type + "Content-Transfer-Encoding: 7bit\r\n\r\n" + crlf;
    }
    String base64 = Base64.getMimeEncoder().encodeToString(Encoded.bytes(crlf, charset));
    return type + "Content-Transfer-Encoding: base64\r\n\r\n" + base64 + "\r\n";
  }

  private static String attachedPart(String name, byte[] bytes) {
    return "Content-Type: application/octet-stream; name=\""
        + name
        + "\"\r\nContent-Disposition: attachment; filename=\""
        + name
        + "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(bytes)
        + "\r\n";
  }
}
