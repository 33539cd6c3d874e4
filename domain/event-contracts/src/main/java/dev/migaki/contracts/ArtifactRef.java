package dev.migaki.contracts;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * Claim check for bytes that are too large or too private for an event: the event says where they
 * lie and what they must hash to, the artifact store holds them.
 *
 * @param location where the store keeps it, relative to the store's root (for example {@code
 *     sha256/ab/abcd…}), never an absolute path
 * @param sha256 64 lower-case hexadecimal digits of the content
 * @param sizeBytes length of the content in bytes, 0 or more
 * @param mediaType IANA media type of the content
 */
public record ArtifactRef(String location, String sha256, long sizeBytes, String mediaType) {
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  public ArtifactRef {
    requireNonNull(location, "location");
    requireNonNull(sha256, "sha256");
    requireNonNull(mediaType, "mediaType");
    if (!SHA256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("sha256 must be 64 lower-case hexadecimal digits");
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes must not be negative but is " + sizeBytes);
    }
  }
}
