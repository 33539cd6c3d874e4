package dev.migaki.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.contracts.ArtifactRef;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import org.gaul.s3proxy.BlobStores;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real S3 server (in memory, checking version 4 signatures). */
class S3ArtifactStoreTest extends ArtifactStoreContract {

  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("tester", "not-a-secret"));

  private static S3Proxy server;
  private static URI endpoint;

  @BeforeAll
  static void startServer() throws Exception {
    server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .blobStore(BlobStores.create("transient-nio2", new Properties()))
            .awsAuthentication(AuthenticationType.AWS_V4, "tester", "not-a-secret")
            .build();
    server.start();
    endpoint = URI.create("http://127.0.0.1:" + server.getPort());
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.stop();
  }

  @Override
  ArtifactStore emptyStore() {
    S3Settings settings = settings(endpoint);
    S3Client client = client(settings);
    client.createBucket(request -> request.bucket(settings.bucket()));
    return new S3ArtifactStore(client, settings);
  }

  @Test
  void shouldRefuseToOpenWhenTheObjectWasReplaced() {
    // Given
    S3Settings settings = settings(endpoint);
    S3Client client = client(settings);
    client.createBucket(request -> request.bucket(settings.bucket()));
    S3ArtifactStore store = new S3ArtifactStore(client, settings);
    ArtifactRef artifact = store.put(new ByteArrayInputStream(new byte[] {1, 2, 3}), "text/plain");

    // When
    client.putObject(
        request -> request.bucket(settings.bucket()).key("polish/" + artifact.location()),
        RequestBody.fromBytes(new byte[] {3, 2, 1}));

    // Then
    assertThatThrownBy(() -> store.open(artifact))
        .isInstanceOfSatisfying(
            ArtifactFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("ARTIFACT_CHECKSUM_MISMATCH"));
  }

  @Test
  void shouldAskToTryAgainWhenTheStoreDoesNotAnswer() {
    // Given
    S3Settings nobody = settings(URI.create("http://127.0.0.1:1"));
    S3ArtifactStore store = new S3ArtifactStore(client(nobody), nobody);

    // When / Then
    assertThatThrownBy(() -> store.put(new byte[] {1}, "text/plain"))
        .isInstanceOfSatisfying(
            ArtifactFailure.class, failure -> assertThat(failure.retriable()).isTrue());
  }

  @Test
  void shouldListAndReadWhatWasDroppedBelowAPrefix() throws Exception {
    // Given
    S3Settings settings = settings(endpoint);
    S3Client client = client(settings);
    client.createBucket(request -> request.bucket(settings.bucket()));
    for (String key : List.of("polish/faq/a.txt", "polish/b.txt", "elsewhere/c.txt")) {
      client.putObject(
          request -> request.bucket(settings.bucket()).key(key), RequestBody.fromString(key));
    }
    S3Drop drop = new S3Drop(client, settings);

    // When
    List<DocumentDrop.Dropped> found = drop.list();

    // Then
    assertThat(found).extracting(DocumentDrop.Dropped::name).containsExactly("b.txt", "faq/a.txt");
    try (InputStream in = drop.open(found.get(1))) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .isEqualTo("polish/faq/a.txt");
    }
  }

  @Test
  void shouldReadBucketAndPrefixWhenTheRootIsAUri() {
    // When
    S3Settings settings =
        S3Settings.of(URI.create("s3://company/migaki/prod/"), "eu-central-1", null, false);

    // Then
    assertThat(settings.bucket()).isEqualTo("company");
    assertThat(settings.key("sha256/ab/abc")).isEqualTo("migaki/prod/sha256/ab/abc");
    assertThatThrownBy(
            () -> S3Settings.of(URI.create("s3:///nothing"), "eu-central-1", null, false))
        .hasMessageContaining("s3://bucket/prefix");
  }

  private static S3Settings settings(URI endpoint) {
    return new S3Settings("bucket-" + UUID.randomUUID(), "polish", "us-east-1", endpoint, true);
  }

  private static S3Client client(S3Settings settings) {
    return S3ArtifactStore.builder(settings).credentialsProvider(CREDENTIALS).build();
  }
}
