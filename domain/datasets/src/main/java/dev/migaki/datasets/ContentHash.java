package dev.migaki.datasets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 over a sequence of texts, each with its length before it so that no two sequences run
 * into the same bytes. All ids and all seeded choices of this module come from here: they depend on
 * content and seed, never on order or time.
 */
public final class ContentHash {
  private static final int BUFFER_BYTES = 1 << 16;

  private final MessageDigest digest;

  private ContentHash() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** A hash that starts with this text. */
  public static ContentHash of(String text) {
    return new ContentHash().add(text);
  }

  /** Plain SHA-256 of bytes, 64 lower-case hexadecimal digits. */
  public static String ofBytes(byte[] bytes) {
    ContentHash hash = new ContentHash();
    return HexFormat.of().formatHex(hash.digest.digest(bytes));
  }

  /**
   * {@link #ofBytes} of everything up to the end of a stream, which is not closed.
   *
   * @throws UncheckedIOException when it cannot be read
   */
  public static String ofStream(InputStream stream) {
    ContentHash hash = new ContentHash();
    byte[] buffer = new byte[BUFFER_BYTES];
    try {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        hash.digest.update(buffer, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read what is to be hashed", e);
    }
    return HexFormat.of().formatHex(hash.digest.digest());
  }

  /**
   * A number in [0, 1) that is spread evenly over keys: the seeded coin of splits and variations.
   *
   * @param seed from the recipe
   * @param purpose keeps choices for different purposes independent
   * @param key content that the choice is about
   */
  public static double fraction(long seed, String purpose, String key) {
    return (of(purpose).add(Long.toString(seed)).add(key).number() >>> 11) * 0x1.0p-53;
  }

  /** Adds a text; {@code this}, for chaining. */
  public ContentHash add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
    digest.update(bytes);
    return this;
  }

  /** 64 lower-case hexadecimal digits; ends the use of this object. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /** The first eight bytes as a number; ends the use of this object. */
  public long number() {
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
