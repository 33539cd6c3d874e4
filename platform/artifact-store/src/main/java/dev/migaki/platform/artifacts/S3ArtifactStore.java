package dev.migaki.platform.artifacts;

import static dev.migaki.platform.artifacts.ArtifactFailure.Kind.ARTIFACT_MISSING;
import static dev.migaki.platform.artifacts.ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE;

import dev.migaki.contracts.ArtifactRef;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;

/**
 * Artifacts as objects of an S3 bucket, for clusters. Content passes through a temporary file in
 * both directions, because its hash must be known before it is named and checked before it is
 * handed out; memory use does not grow with it.
 *
 * <p>Works with stores that only speak the core of the protocol: integrity is our own hash, not the
 * optional checksum headers.
 */
public final class S3ArtifactStore implements ArtifactStore, AutoCloseable {

  private final S3Client client;
  private final S3Settings settings;

  S3ArtifactStore(S3Client client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** A store with credentials from the environment; nothing is contacted yet. */
  public static S3ArtifactStore connect(S3Settings settings) {
    return new S3ArtifactStore(builder(settings).build(), settings);
  }

  static S3ClientBuilder builder(S3Settings settings) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClientBuilder(UrlConnectionHttpClient.builder())
            .region(Region.of(settings.region()))
            .forcePathStyle(settings.pathStyle())
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
    return settings.endpoint() == null ? builder : builder.endpointOverride(settings.endpoint());
  }

  @Override
  public ArtifactRef put(InputStream content, String mediaType) {
    try {
      Path temporary = Files.createTempFile("artifact-", ".out");
      try {
        ContentHash hash = hashInto(content, temporary);
        String key = settings.key(hash.location());
        if (!isStored(key, hash.sizeBytes())) {
          client.putObject(
              request ->
                  request
                      .bucket(settings.bucket())
                      .key(key)
                      .contentType("application/octet-stream"),
              RequestBody.fromFile(temporary));
        }
        return hash.toRef(mediaType);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException | SdkException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot store an artifact of type " + mediaType, e);
    }
  }

  @Override
  public InputStream open(ArtifactRef artifact) {
    try {
      Path temporary = Files.createTempFile("artifact-", ".in");
      try {
        download(artifact, temporary).requireMatch(artifact);
        return new DeletingStream(Files.newInputStream(temporary), temporary);
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(temporary);
        throw e;
      }
    } catch (NoSuchKeyException e) {
      throw new ArtifactFailure(
          ARTIFACT_MISSING, "artifact " + artifact.sha256() + " is not in the store", e);
    } catch (IOException | SdkException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot read artifact " + artifact.sha256(), e);
    }
  }

  @Override
  public boolean exists(ArtifactRef artifact) {
    try {
      client.headObject(request -> request.bucket(settings.bucket()).key(key(artifact)));
      return true;
    } catch (NoSuchKeyException e) {
      return false;
    } catch (SdkException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot look for artifact " + artifact.sha256(), e);
    }
  }

  @Override
  public void delete(ArtifactRef artifact) {
    try {
      client.deleteObject(request -> request.bucket(settings.bucket()).key(key(artifact)));
    } catch (SdkException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot delete artifact " + artifact.sha256(), e);
    }
  }

  @Override
  public void close() {
    client.close();
  }

  private String key(ArtifactRef artifact) {
    return settings.key(new ContentHash(artifact.sha256(), artifact.sizeBytes()).location());
  }

  private boolean isStored(String key, long sizeBytes) {
    try {
      return client
              .headObject(request -> request.bucket(settings.bucket()).key(key))
              .contentLength()
          == sizeBytes;
    } catch (NoSuchKeyException e) {
      return false;
    }
  }

  private ContentHash download(ArtifactRef artifact, Path temporary) throws IOException {
    try (InputStream in =
        client.getObject(request -> request.bucket(settings.bucket()).key(key(artifact)))) {
      return hashInto(in, temporary);
    }
  }

  private static ContentHash hashInto(InputStream content, Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      return ContentHash.copy(content, out);
    }
  }

  /** A file that lives as long as its stream. */
  private static final class DeletingStream extends FilterInputStream {

    private final Path file;

    DeletingStream(InputStream in, Path file) {
      super(in);
      this.file = file;
    }

    @Override
    public void close() throws IOException {
      super.close();
      Files.deleteIfExists(file);
    }
  }
}
