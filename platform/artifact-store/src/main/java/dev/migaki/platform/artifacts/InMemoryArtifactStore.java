package dev.migaki.platform.artifacts;

import dev.migaki.contracts.ArtifactRef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Artifacts in memory, for tests and dry runs; keeps the contract of the real stores. */
public final class InMemoryArtifactStore implements ArtifactStore {

  private final Map<String, byte[]> contents = new ConcurrentHashMap<>();

  @Override
  public ArtifactRef put(InputStream content, String mediaType) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      ContentHash hash = ContentHash.copy(content, bytes);
      contents.put(hash.sha256(), bytes.toByteArray());
      return hash.toRef(mediaType);
    } catch (IOException e) {
      throw new ArtifactFailure(
          ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE,
          "cannot store an artifact of type " + mediaType,
          e);
    }
  }

  @Override
  public InputStream open(ArtifactRef artifact) {
    byte[] content = contents.get(artifact.sha256());
    if (content == null) {
      throw new ArtifactFailure(
          ArtifactFailure.Kind.ARTIFACT_MISSING,
          "artifact " + artifact.sha256() + " is not in the store");
    }
    if (content.length != artifact.sizeBytes()) {
      throw new ArtifactFailure(
          ArtifactFailure.Kind.ARTIFACT_CHECKSUM_MISMATCH,
          "artifact " + artifact.sha256() + " has " + content.length + " bytes");
    }
    return new ByteArrayInputStream(content);
  }

  @Override
  public boolean exists(ArtifactRef artifact) {
    return contents.containsKey(artifact.sha256());
  }

  @Override
  public void delete(ArtifactRef artifact) {
    contents.remove(artifact.sha256());
  }
}
