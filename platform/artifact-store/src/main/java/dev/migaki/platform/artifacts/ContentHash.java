package dev.migaki.platform.artifacts;

import dev.migaki.contracts.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Hash and length of a content, from which its place in every store follows.
 *
 * @param sha256 64 lower-case hexadecimal digits
 */
public record ContentHash(String sha256, long sizeBytes) {

  /** Copies the stream and hashes what went through. */
  public static ContentHash copy(InputStream in, OutputStream out) throws IOException {
    DigestInputStream digesting = new DigestInputStream(in, newDigest());
    long size = digesting.transferTo(out);
    return new ContentHash(HexFormat.of().formatHex(digesting.getMessageDigest().digest()), size);
  }

  /** Hash and length of bytes in memory. */
  public static ContentHash of(byte[] content) {
    return new ContentHash(HexFormat.of().formatHex(newDigest().digest(content)), content.length);
  }

  /**
   * Where every store keeps it, relative to its root: two levels, so that no directory grows too
   * wide.
   */
  public String location() {
    return "sha256/" + sha256.substring(0, 2) + "/" + sha256;
  }

  /** The claim check for this content. */
  public ArtifactRef toRef(String mediaType) {
    return new ArtifactRef(location(), sha256, sizeBytes, mediaType);
  }

  /** Whether this is the content that the reference promises. */
  public boolean matches(ArtifactRef artifact) {
    return sha256.equals(artifact.sha256()) && sizeBytes == artifact.sizeBytes();
  }

  /**
   * @throws ArtifactFailure when this is not the content that the reference promises
   */
  void requireMatch(ArtifactRef artifact) {
    if (!matches(artifact)) {
      throw new ArtifactFailure(
          ArtifactFailure.Kind.ARTIFACT_CHECKSUM_MISMATCH,
          "artifact " + artifact.sha256() + " has " + sizeBytes + " bytes with hash " + sha256);
    }
  }

  private static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
