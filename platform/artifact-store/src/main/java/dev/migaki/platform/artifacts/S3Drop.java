package dev.migaki.platform.artifacts;

import static dev.migaki.platform.artifacts.ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** The objects below a prefix of a bucket. */
public final class S3Drop implements DocumentDrop, AutoCloseable {

  private final S3Client client;
  private final S3Settings settings;

  S3Drop(S3Client client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /** A drop with credentials from the environment; nothing is contacted yet. */
  public static S3Drop connect(S3Settings settings) {
    return new S3Drop(S3ArtifactStore.builder(settings).build(), settings);
  }

  @Override
  public List<Dropped> list() {
    String prefix = settings.prefix().isEmpty() ? "" : settings.prefix() + "/";
    List<Dropped> found = new ArrayList<>();
    try {
      for (S3Object object :
          client
              .listObjectsV2Paginator(request -> request.bucket(settings.bucket()).prefix(prefix))
              .contents()) {
        String name = object.key().substring(prefix.length());
        if (!name.isEmpty() && !name.endsWith("/")) {
          found.add(new Dropped(name, object.eTag() + "/" + object.size(), object.size()));
        }
      }
    } catch (SdkException e) {
      throw new ArtifactFailure(ARTIFACT_STORE_UNAVAILABLE, "cannot list a watched bucket", e);
    }
    found.sort(Comparator.comparing(Dropped::name));
    return found;
  }

  @Override
  public InputStream open(Dropped document) {
    try {
      return client.getObject(
          request -> request.bucket(settings.bucket()).key(settings.key(document.name())));
    } catch (SdkException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot read an object of a watched bucket", e);
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
