package dev.migaki.platform.stage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Ids that follow from their causes: the first 128 bits of a SHA-256, so that work done twice has
 * one name.
 */
final class StableId {

  private StableId() {}

  /**
   * 32 lower-case hexadecimal digits; parts are kept apart, so ("a","bc") and ("ab","c") differ.
   */
  static String of(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        digest.update(part.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) '|');
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
