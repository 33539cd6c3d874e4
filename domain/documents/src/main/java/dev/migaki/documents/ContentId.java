package dev.migaki.documents;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The id of a document that came in an archive: the same file of the same archive, the same id. */
public final class ContentId {

  /** The longest id that the front door knows. */
  public static final int MAX_LENGTH = 512;

  private static final String INSIDE = "!/";
  private static final int KEPT = 200;
  private static final int HASH_DIGITS = 16;

  private ContentId() {}

  /**
   * {@code archive!/path}; the middle of one that is too long gives way to its hash.
   *
   * @param path inside the archive
   */
  public static String of(String archiveId, String path) {
    String id = archiveId + INSIDE + path;
    if (id.length() <= MAX_LENGTH) {
      return id;
    }
    return id.substring(0, KEPT) + "~" + hash(id) + "~" + id.substring(id.length() - KEPT);
  }

  private static String hash(String id) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
