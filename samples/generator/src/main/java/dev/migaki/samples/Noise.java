package dev.migaki.samples;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Content that went wrong or was never text. */
final class Noise {
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");
  private static final int BINARY_SIZE = 4096;

  private Noise() {}

  /** A device image that no reader knows: a made-up signature and bytes without meaning. */
  static byte[] bytes(DocumentScript script) {
    byte[] bytes = new byte[BINARY_SIZE];
    new Random(script.fileName().hashCode()).nextBytes(bytes);
    byte[] signature = {(byte) 0x91, 'T', 'Y', 'K', 0, 1, (byte) 0xFE, 0};
    System.arraycopy(signature, 0, bytes, 0, signature.length);
    return bytes;
  }

  /**
   * UTF-8 read as windows-1252, the way browsers do it: bytes that the code page leaves open become
   * the control character of the same number (WHATWG Encoding Standard).
   */
  static String wronglyDecoded(String text) {
    StringBuilder wrong = new StringBuilder();
    for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
      String decoded = new String(new byte[] {unit}, WINDOWS_1252);
      wrong.append(decoded.equals("\uFFFD") ? Character.toString(unit & 0xFF) : decoded);
    }
    return wrong.toString();
  }
}
