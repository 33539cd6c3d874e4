package dev.migaki.platform.artifacts;

import dev.migaki.contracts.ArtifactRef;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.Callable;

/**
 * Keeps bytes under the hash of their content, so that storing twice is storing once and a reader
 * can tell that it got what the writer stored.
 *
 * <p>Every method throws {@link ArtifactFailure}; its kind says whether trying again can help.
 */
public interface ArtifactStore {

  /**
   * Stores everything up to the end of the stream, durably: when this returns, a crash loses
   * nothing. The stream is not closed.
   *
   * @param mediaType IANA media type, carried in the reference only
   */
  ArtifactRef put(InputStream content, String mediaType);

  /**
   * Does some work whose artifacts become durable together, before this returns, instead of one by
   * one: for work that tells nobody of them until it has ended. Concerns what the calling thread
   * stores.
   *
   * @throws Exception what the work throws; its artifacts may then be lost in a crash
   */
  default <T> T together(Callable<T> work) throws Exception {
    return work.call();
  }

  /** {@link #put(InputStream, String)} of bytes in memory. */
  default ArtifactRef put(byte[] content, String mediaType) {
    return put(new ByteArrayInputStream(content), mediaType);
  }

  /** {@link #put(InputStream, String)} of a file. */
  default ArtifactRef put(Path file, String mediaType) {
    try (InputStream in = Files.newInputStream(file)) {
      return put(in, mediaType);
    } catch (IOException e) {
      throw new ArtifactFailure(
          ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE, "cannot read the file to store", e);
    }
  }

  /** The content, whole and verified before the first byte is handed out. The caller closes it. */
  InputStream open(ArtifactRef artifact);

  /** The content in memory, verified. */
  default byte[] read(ArtifactRef artifact) {
    try (InputStream in = open(artifact)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw unreadable(artifact, e);
    }
  }

  /** Writes the verified content to a file, which is replaced. */
  default void copyTo(ArtifactRef artifact, Path target) {
    try (InputStream in = open(artifact)) {
      Files.copy(in, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw unreadable(artifact, e);
    }
  }

  /** Whether something lies there; says nothing about its integrity. */
  boolean exists(ArtifactRef artifact);

  /**
   * Forgets the content, for every reference with this hash; nothing happens when it is gone
   * already.
   */
  void delete(ArtifactRef artifact);

  private static ArtifactFailure unreadable(ArtifactRef artifact, IOException cause) {
    return new ArtifactFailure(
        ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE,
        "cannot read artifact " + artifact.sha256(),
        cause);
  }
}
